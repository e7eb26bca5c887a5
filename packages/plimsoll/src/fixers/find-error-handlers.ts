import ts from 'typescript'
import type { Project } from '../instruments/source/project.ts'
import { callsOf, importsOf, methodOf, nodesOf } from '../instruments/source/script-nodes.ts'
import { codeFiles } from './code-files.ts'
import { fileOf } from './file-of.ts'

type Fn = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration

/** The one place of an app that answers what other code throws. */
export type ErrorHandler = {
  framework: 'express' | 'fastify' | 'koa'
  file: string
  source: ts.SourceFile
  /** its statements, or the one expression that it is */
  body: ts.Block | ts.Expression
  /** what it calls the error, and what it answers with: `reply`, `res`, `ctx` */
  error: string
  answer: string
  request: string | null
}

type Script = { file: string; source: ts.SourceFile }

const isFn = (node: ts.Node): node is Fn =>
  ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isFunctionDeclaration(node)

const declaredIn = ({ source }: Script, name: string): Fn | null => {
  for (const node of nodesOf(source)) {
    if (ts.isFunctionDeclaration(node) && node.name?.text === name) return node
    const isIt = ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === name
    if (isIt && node.initializer !== undefined && isFn(node.initializer)) return node.initializer
  }
  return null
}

/** The function that an expression is, or that it names, here or in the file it is imported from. */
const functionOf = (given: ts.Expression | undefined, script: Script, all: readonly Script[]) => {
  if (given === undefined) return null
  if (isFn(given)) return { fn: given, ...script }
  if (!ts.isIdentifier(given)) return null
  const own = declaredIn(script, given.text)
  if (own !== null) return { fn: own, ...script }
  const taken = importsOf(script.source).get(given.text)
  const target =
    taken === undefined
      ? null
      : fileOf(
          script.file,
          taken.from,
          all.map(({ file }) => file),
        )
  const other = all.find(({ file }) => file === target)
  const fn = other === undefined || taken === undefined ? null : declaredIn(other, taken.name)
  return fn === null || other === undefined ? null : { fn, ...other }
}

const parameter = (fn: Fn, at: number): string | null => {
  const name = fn.parameters[at]?.name
  return name !== undefined && ts.isIdentifier(name) ? name.text : null
}

type Found = NonNullable<ReturnType<typeof functionOf>>

const ofFastify = ({ fn, file, source }: Found): ErrorHandler[] => {
  const [error, request, answer] = [parameter(fn, 0), parameter(fn, 1), parameter(fn, 2)]
  if (fn.body === undefined || error === null || answer === null) return []
  return [{ framework: 'fastify', file, source, body: fn.body, error, answer, request }]
}

const ofExpress = ({ fn, file, source }: Found): ErrorHandler[] => {
  const [error, request, answer] = [parameter(fn, 0), parameter(fn, 1), parameter(fn, 2)]
  if (fn.parameters.length !== 4 || fn.body === undefined || error === null || answer === null) return []
  return [{ framework: 'express', file, source, body: fn.body, error, answer, request }]
}

const ofKoa = ({ fn, file, source }: Found): ErrorHandler[] => {
  const [answer, next] = [parameter(fn, 0), parameter(fn, 1)]
  if (fn.parameters.length !== 2 || fn.body === undefined || answer === null || next === null) return []
  if (!ts.isBlock(fn.body)) return []
  return fn.body.statements.flatMap((one): ErrorHandler[] => {
    if (!ts.isTryStatement(one) || !one.tryBlock.getText(source).includes(`${next}()`)) return []
    const name = one.catchClause?.variableDeclaration?.name
    if (name === undefined || !ts.isIdentifier(name) || one.catchClause === undefined) return []
    const { block } = one.catchClause
    return [{ framework: 'koa', file, source, body: block, error: name.text, answer, request: null }]
  })
}

export const findErrorHandlers = (project: Project): ErrorHandler[] => {
  const all = codeFiles(project)
  const found = all.flatMap((script) =>
    [...callsOf(script.source)].flatMap((call) => {
      const method = methodOf(call)
      const given = method === 'setErrorHandler' || method === 'use' ? call.arguments?.at(-1) : undefined
      const target = functionOf(given, script, all)
      if (target === null) return []
      if (method === 'setErrorHandler') return ofFastify(target)
      return /['"]koa['"]/.test(script.source.text) ? ofKoa(target) : ofExpress(target)
    }),
  )
  return found.filter(({ body }, index) => found.findIndex((other) => other.body === body) === index)
}
