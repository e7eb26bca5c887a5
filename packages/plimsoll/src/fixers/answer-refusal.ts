import ts from 'typescript'
import { bare, keyOf } from '../instruments/source/script-nodes.ts'
import { answersIn } from './answers-in.ts'
import type { ErrorHandler } from './find-error-handlers.ts'

/** What the database refuses, as a condition over its code, and what is answered then. */
export type Refusal = { test: (code: string) => string; status: number; said: string }

/** The property that the other answers of the handler tell their message in. */
const messageKey = (handler: ErrorHandler): string => {
  for (const { content } of answersIn(handler)) {
    const plain = bare(content)
    if (!ts.isObjectLiteralExpression(plain)) continue
    const told = plain.properties
      .filter(ts.isPropertyAssignment)
      .find(
        ({ initializer }) => /message\b/.test(initializer.getText()) || ts.isStringLiteralLike(initializer),
      )
    const key = told === undefined ? null : keyOf(told.name)
    if (key !== null) return key
  }
  return 'error'
}

/** How an error handler reads the code of the database's error. */
export const codeIn = ({ error }: ErrorHandler, typed: boolean): string =>
  typed ? `((${error} as { code?: string }).code ?? '')` : `${error}.code`

/**
 * The statement of an error handler that answers it.
 * @param code how the handler comes by the code of the database's error
 */
export const lineFor = (handler: ErrorHandler, { test, status, said }: Refusal, code: string): string => {
  const { framework, answer } = handler
  const condition = test(code)
  const content = `{ ${messageKey(handler)}: '${said}' }`
  if (framework === 'koa')
    return [
      `if (${condition}) {`,
      `  ${answer}.status = ${status}`,
      `  ${answer}.body = ${content}`,
      '  return',
      '}',
    ].join('\n')
  const send = framework === 'fastify' ? `code(${status}).send` : `status(${status}).json`
  return `if (${condition}) return ${answer}.${send}(${content})`
}
