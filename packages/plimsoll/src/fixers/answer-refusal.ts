import type ts from 'typescript'
import { answerLines } from './answer-lines.ts'
import { answersIn } from './answers-in.ts'
import { bodyLike } from './body-like.ts'
import type { ErrorHandler } from './find-error-handlers.ts'

/** What the database refuses, as a condition over its code, and what is answered then. */
export type Refusal = { test: (code: string) => string; status: number; said: string }

/** In the shape of the other answers of the handler. */
const bodyOf = (handler: ErrorHandler, { status, said }: Refusal): string => {
  const { error } = handler
  const tells = (node: ts.Expression) =>
    new RegExp(`\\b${error}\\b`).test(node.getText()) && /message\b|String\(|toString\(/.test(node.getText())
  for (const { content } of answersIn(handler)) {
    const body = bodyLike(content, { status, said, tells, error })
    if (body !== null) return body
  }
  return `{ error: '${said}' }`
}

/** How an error handler reads the code of the database's error. */
export const codeIn = ({ error }: ErrorHandler, typed: boolean): string =>
  typed ? `((${error} as { code?: string }).code ?? '')` : `${error}.code`

/**
 * The statement of an error handler that answers it.
 * @param code how the handler comes by the code of the database's error
 */
export const lineFor = (handler: ErrorHandler, refusal: Refusal, code: string, typed: boolean): string => {
  const { framework, answer } = handler
  const condition = refusal.test(code)
  const { status } = refusal
  return answerLines({ framework, answer, typed, status, body: bodyOf(handler, refusal) }, condition)
}
