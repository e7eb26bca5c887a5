import ts from 'typescript'
import type { Project } from '../instruments/source/project.ts'
import {
  around,
  bare,
  callsOf,
  importsOf,
  literalOf,
  nameOf,
  nodesOf,
} from '../instruments/source/script-nodes.ts'
import { codeFiles } from './code-files.ts'
import { fileOf } from './file-of.ts'

export type Framework = 'express' | 'fastify' | 'koa' | 'nestjs'

/** The app of a server framework, where it is made. */
export type FoundServer = {
  framework: Framework
  file: string
  source: ts.SourceFile
  /** what it is called there */
  app: string
  /** the statement that makes it */
  made: ts.VariableStatement
  listens: Listens | null
}

/** Where it begins to listen, which may be in another file. */
export type Listens = {
  file: string
  source: ts.SourceFile
  call: ts.CallExpression
  /** what is called there: the app itself, or the server made of it */
  receiver: string
  /** the outermost statement that holds the call and stands beside the receiver's declaration */
  statement: ts.Statement
}

const PACKAGES: Readonly<Record<string, Framework>> = {
  express: 'express',
  fastify: 'fastify',
  koa: 'koa',
  '@nestjs/core': 'nestjs',
}

/** `require('fastify')` that is called at once. */
const requiredIn = (callee: ts.Expression): string | null =>
  ts.isCallExpression(callee) && nameOf(callee.expression) === 'require'
    ? literalOf(callee.arguments[0])
    : null

const frameworkOf = (value: ts.Expression, source: ts.SourceFile): Framework | null => {
  const made = bare(value)
  if (!ts.isCallExpression(made) && !ts.isNewExpression(made)) return null
  const [first = '', second] = nameOf(made.expression).split('.')
  const known = importsOf(source).get(first)
  const from = known?.from ?? requiredIn(made.expression) ?? ''
  // What a package gives away beside the app itself is not one: `Router`.
  if (known !== undefined && !/^(?:\*|default|fastify|Koa|NestFactory)$/.test(known.name)) return null
  const framework = PACKAGES[from] ?? null
  if (framework === 'nestjs') return first === 'NestFactory' && second === 'create' ? framework : null
  if (framework === 'koa') return ts.isNewExpression(made) && second === undefined ? framework : null
  return second === undefined || second === 'default' || second === 'fastify' ? framework : null
}

const statementOf = ({ parent }: ts.VariableDeclaration): ts.VariableStatement | null => {
  if (!ts.isVariableDeclarationList(parent) || parent.declarations.length !== 1) return null
  return ts.isVariableStatement(parent.parent) ? parent.parent : null
}

type Declared = { name: string; value: ts.Expression; statement: ts.VariableStatement }

function* declaredIn(source: ts.SourceFile): Generator<Declared> {
  for (const node of nodesOf(source)) {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) continue
    const statement = statementOf(node)
    if (node.initializer !== undefined && statement !== null)
      yield { name: node.name.text, value: node.initializer, statement }
  }
}

/** The statement around a node that stands in the same block as another. */
const besideOf = (node: ts.Node, sibling: ts.Node): ts.Statement | null => {
  for (const at of [node, ...around(node)]) if (at.parent === sibling.parent && ts.isStatement(at)) return at
  return null
}

type App = Omit<FoundServer, 'listens'>

const mentions = (value: ts.Expression, names: ReadonlySet<string>): boolean =>
  [...nodesOf(value)].some((node) => ts.isIdentifier(node) && names.has(node.text))

/** Names by which the app, or what makes it, is known in a file. */
const aliasesIn = (file: string, source: ts.SourceFile, app: App): Set<string> => {
  const taken = [...importsOf(source)].flatMap(([local, { from }]) =>
    from.startsWith('.') && fileOf(file, from, [app.file]) === app.file ? [local] : [],
  )
  return new Set(file === app.file ? [app.app, ...makersOf(app)] : taken)
}

/** The function that makes the app and returns it: `buildApp`. */
const makersOf = ({ made }: App): string[] => {
  for (const at of around(made))
    if (ts.isFunctionDeclaration(at) && at.name !== undefined) return [at.name.text]
  return []
}

const listensIn = (file: string, source: ts.SourceFile, app: App): Listens[] => {
  const names = aliasesIn(file, source, app)
  if (names.size === 0) return []
  const declared = [...declaredIn(source)].filter(
    (one) => one.statement === app.made || mentions(one.value, names),
  )
  return [...callsOf(source)].flatMap((call) => {
    if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return []
    if (call.expression.name.text !== 'listen') return []
    const receiver = nameOf(call.expression.expression)
    const declaration = declared.find((one) => one.name === receiver)
    const own = declaration?.statement ?? (names.has(receiver) ? source.statements[0] : undefined)
    const statement = own === undefined ? null : besideOf(call, own)
    return statement === null ? [] : [{ file, source, call, receiver, statement }]
  })
}

/** Every app of a server framework that is made and kept under a name; where it listens only when that is one place. */
export const findServers = (project: Project): FoundServer[] => {
  const files = codeFiles(project)
  const apps = files.flatMap(({ file, source }) =>
    [...declaredIn(source)].flatMap(({ name, value, statement }): App[] => {
      const framework = frameworkOf(value, source)
      return framework === null ? [] : [{ framework, file, source, app: name, made: statement }]
    }),
  )
  return apps.map((app) => {
    const [listens, another] = files.flatMap(({ file, source }) => listensIn(file, source, app))
    return { ...app, listens: another === undefined ? (listens ?? null) : null }
  })
}

/** The one app there is; null where there are several, which no fixer can choose between. */
export const findServer = (project: Project): FoundServer | null => {
  const [only, another] = findServers(project)
  return another === undefined ? (only ?? null) : null
}
