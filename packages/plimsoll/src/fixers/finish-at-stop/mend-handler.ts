import ts from 'typescript'
import type { Project } from '../../instruments/source/project.ts'
import { callsOf, literalOf, nameOf } from '../../instruments/source/script-nodes.ts'
import { codeFiles } from '../code-files.ts'
import type { FoundServer, Listens } from '../find-servers.ts'
import type { Edits } from '../patch-of.ts'
import { keepServer } from './keep-server.ts'

/** What the app does on SIGTERM as it is. */
export type Handler = { file: string; call: ts.CallExpression | ts.NewExpression }

export const findHandler = (project: Project): Handler | null => {
  for (const { file, source } of codeFiles(project))
    for (const call of callsOf(source))
      if (
        /^process\.(?:on|once|addListener)$/.test(nameOf(call.expression)) &&
        literalOf(call.arguments?.[0]) === 'SIGTERM'
      )
        return { file, call }
  return null
}

const isExit = (one: ts.Statement | undefined): one is ts.ExpressionStatement =>
  one !== undefined &&
  ts.isExpressionStatement(one) &&
  ts.isCallExpression(one.expression) &&
  nameOf(one.expression.expression) === 'process.exit'

const isAsync = (fn: ts.ArrowFunction | ts.FunctionExpression) =>
  fn.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true

/** A handler that only exits is made to close first; any other is left as it is. */
export const mendHandler = (edits: Edits, { file, call }: Handler, server: FoundServer, listens: Listens) => {
  const [, given] = call.arguments ?? []
  if (file !== listens.file || given === undefined || server.framework === 'nestjs') return
  if (!(ts.isArrowFunction(given) || ts.isFunctionExpression(given)) || !ts.isBlock(given.body)) return
  const exit = given.body.statements.at(-1)
  const edit = edits.of(file)
  if (edit === null || !isExit(exit) || /\.close\(/.test(edit.raw(given))) return
  if (server.framework === 'fastify') {
    if (!isAsync(given)) edit.insert(given.getStart(edit.source), 'async ')
    edit.before(exit, `await ${listens.receiver}.close()`)
    return
  }
  const name = keepServer(edit, listens)
  if (name !== null) edit.replace(exit, `${name}.close(() => ${edit.raw(exit.expression)})`)
}
