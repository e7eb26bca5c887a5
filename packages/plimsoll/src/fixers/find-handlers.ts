import ts from 'typescript'
import type { Project } from '../instruments/source/project.ts'
import {
  around,
  bare,
  callsOf,
  importsOf,
  keyOf,
  methodOf,
  nameOf,
  nodesOf,
} from '../instruments/source/script-nodes.ts'
import { codeFiles } from './code-files.ts'
import { fileOf } from './file-of.ts'
import { type Framework, findServers } from './find-servers.ts'

export type Fn = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration

/** A function that answers requests of one route, where it is written. */
export type Handler = {
  framework: Framework
  file: string
  source: ts.SourceFile
  fn: Fn
  /** where it is registered; null for a method of a controller */
  route: ts.CallExpression | null
  /** what runs before it, as it is named there: `requireUser` */
  guards: readonly string[]
}

const METHODS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'all', 'route'])

export const isFn = (node: ts.Node): node is Fn =>
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node)

/** `get('/x', …)`, `route('/x').get(…)`, `route({ url, handler })` */
const isRoute = (call: ts.CallExpression): boolean => {
  if (!ts.isPropertyAccessExpression(call.expression) || !METHODS.has(methodOf(call))) return false
  const [first, second] = call.arguments
  if (first === undefined) return false
  if (methodOf(call) === 'route') return ts.isObjectLiteralExpression(first)
  const target = call.expression.expression
  const isChained = ts.isCallExpression(target) && (methodOf(target) === 'route' || isRoute(target))
  return (
    isChained || (second !== undefined && (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first)))
  )
}

/** The last argument, without a function that only wraps it: `asyncHandler(list)`. */
const givenTo = (call: ts.CallExpression): ts.Expression | null => {
  const last = call.arguments.at(-1)
  if (last === undefined) return null
  const plain = bare(last)
  if (ts.isObjectLiteralExpression(plain)) {
    for (const one of plain.properties)
      if (one.name !== undefined && keyOf(one.name) === 'handler') {
        if (ts.isPropertyAssignment(one)) return one.initializer
        if (ts.isShorthandPropertyAssignment(one)) return one.name
      }
    return null
  }
  const isWrapped = ts.isCallExpression(plain) && plain.arguments.length === 1
  return isWrapped ? (plain.arguments[0] ?? null) : plain
}

/** What a function is known by in its file: of a declaration, a constant, `exports.list`, a property. */
export const nameOfFn = (fn: Fn): string | null => {
  if (fn.name !== undefined) return keyOf(fn.name) ?? null
  const { parent } = fn
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return parent.name.text
  if (ts.isPropertyAssignment(parent)) return keyOf(parent.name)
  const isSet = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  return isSet && /^(?:module\.)?exports\.\w+$/.test(nameOf(parent.left))
    ? (nameOf(parent.left).split('.').at(-1) ?? null)
    : null
}

type Script = { file: string; source: ts.SourceFile }

/** Whether a name of one file is what another file calls by its own name. */
const isSame = (named: string, from: Script, name: string, file: string): boolean => {
  const [first = '', second] = named.split('.')
  if (from.file === file) return named === name
  const known = importsOf(from.source).get(first)
  if (known === undefined || !known.from.startsWith('.')) return false
  if (fileOf(from.file, known.from, [file]) !== file) return false
  return second === undefined ? known.name === name : second === name
}

const namesIn = (node: ts.Expression): string[] => {
  const plain = bare(node)
  if (ts.isArrayLiteralExpression(plain)) return plain.elements.flatMap(namesIn)
  if (ts.isCallExpression(plain)) return [plain.getText()]
  const name = nameOf(plain)
  return name === '' ? [] : [name]
}

const HOOKS: ReadonlySet<string> = new Set(['preHandler', 'onRequest', 'preValidation'])

/** What a route names before its handler. */
const guardsOf = (call: ts.CallExpression): string[] => {
  const options = call.arguments.flatMap((one) => {
    const plain = bare(one)
    return ts.isObjectLiteralExpression(plain) ? [...plain.properties] : []
  })
  const hooks = options.flatMap((one) =>
    ts.isPropertyAssignment(one) && HOOKS.has(keyOf(one.name) ?? '') ? namesIn(one.initializer) : [],
  )
  return [...call.arguments.slice(0, -1).flatMap(namesIn), ...hooks]
}

const decoratorsOf = (node: ts.Node): string[] =>
  ts.canHaveDecorators(node)
    ? (ts.getDecorators(node) ?? []).map(({ expression }) => expression.getText())
    : []

/** `@Get()` on a method of a `@Controller()` */
const controllersIn = ({ file, source }: Script): Handler[] =>
  [...nodesOf(source)].filter(ts.isClassDeclaration).flatMap((owner) => {
    const above = decoratorsOf(owner)
    if (!above.some((one) => one.startsWith('Controller('))) return []
    return owner.members.filter(ts.isMethodDeclaration).flatMap((fn): Handler[] => {
      const own = decoratorsOf(fn)
      if (!own.some((one) => /^(?:Get|Post|Put|Patch|Delete|All)\(/.test(one))) return []
      const guards = [...above, ...own].filter((one) => one.startsWith('UseGuards('))
      return [{ framework: 'nestjs', file, source, fn, route: null, guards }]
    })
  })

const KOA = /['"](?:koa|@koa\/router|koa-router)['"]/
const KNOWN: readonly { framework: Framework; import: RegExp }[] = [
  { framework: 'koa', import: KOA },
  { framework: 'express', import: /['"]express['"]/ },
  { framework: 'fastify', import: /['"]fastify(?:-plugin)?['"]/ },
]

const frameworkIn = (source: ts.SourceFile, all: ReadonlySet<Framework>): Framework | null => {
  const [only, another] = all
  if (only !== undefined && another === undefined) return only
  return KNOWN.find((one) => one.import.test(source.text))?.framework ?? null
}

const functionsIn = (source: ts.SourceFile): Fn[] => [...nodesOf(source)].filter(isFn)

/** Handlers of a project, each with the one place that registers it; what is registered twice is left out. */
export const findHandlers = (project: Project): Handler[] => {
  const scripts = codeFiles(project)
  const servers = new Set(findServers(project).map(({ framework }) => framework))
  const found = scripts.flatMap((script) => {
    const framework = frameworkIn(script.source, servers)
    if (framework === null || framework === 'nestjs') return controllersIn(script)
    return [...callsOf(script.source)].flatMap((call): Handler[] => {
      const given = ts.isCallExpression(call) && isRoute(call) ? givenTo(call) : null
      if (given === null || !ts.isCallExpression(call)) return []
      const known = { framework, route: call, guards: guardsOf(call) }
      if (isFn(given)) return [{ ...known, ...script, fn: given }]
      const named = nameOf(given)
      if (named === '') return []
      return scripts.flatMap(({ file, source }) =>
        functionsIn(source).flatMap((fn): Handler[] => {
          const name = nameOfFn(fn)
          return name !== null && isSame(named, script, name, file) ? [{ ...known, file, source, fn }] : []
        }),
      )
    })
  })
  return found.filter(({ fn }) => found.filter((one) => one.fn === fn).length === 1)
}

/** The handler that a node is part of. */
export const handlerAround = (node: ts.Node, handlers: readonly Handler[]): Handler | null => {
  for (const at of around(node)) {
    const handler = handlers.find(({ fn }) => fn === at)
    if (handler !== undefined) return handler
  }
  return null
}

/** The name of a parameter; null where there is none, or it is taken apart. */
export const parameterOf = ({ fn }: { fn: Fn }, at: number): string | null => {
  const name = fn.parameters[at]?.name
  return name !== undefined && ts.isIdentifier(name) ? name.text : null
}
