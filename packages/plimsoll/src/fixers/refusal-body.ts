import ts from 'typescript'
import type { Project } from '../instruments/source/project.ts'
import { callsOf } from '../instruments/source/script-nodes.ts'
import { bodyLike } from './body-like.ts'
import { codeFiles } from './code-files.ts'

const REFUSED = /\.(?:status|code)\(\s*(4\d\d)\s*\)\s*\.(?:json|send)$/

/** Bodies of refusals in a file that are written out, those of 400 first. */
const refusalsIn = (source: ts.SourceFile): ts.Expression[] => {
  const found = [...callsOf(source)].flatMap((call) => {
    const [, status] = ts.isCallExpression(call) ? (REFUSED.exec(call.expression.getText()) ?? []) : []
    const [body] = call.arguments ?? []
    return status === undefined || body === undefined ? [] : [{ status, body }]
  })
  return [...found]
    .sort((a, b) => Number(b.status === '400') - Number(a.status === '400'))
    .map(({ body }) => body)
}

/** What it is made of is known everywhere. */
const isWithoutNames = (body: ts.Expression): boolean =>
  ts.isObjectLiteralExpression(body) &&
  body.properties.every(
    (one) =>
      ts.isPropertyAssignment(one) &&
      (ts.isLiteralExpression(one.initializer) ||
        /^(?:true|false|null)$/.test(one.initializer.getText()) ||
        isWithoutNames(one.initializer)),
  )

/** A body in the shape of the other refusals of a project, those of a file first; `{ error }` where it has none. */
export const refusalBody = (project: Project, near: ts.SourceFile, status: number, said: string): string => {
  const sources = [near, ...codeFiles(project).map(({ source }) => source)]
  for (const body of sources.flatMap(refusalsIn)) {
    const like = isWithoutNames(body)
      ? bodyLike(body, { status, said, tells: () => false, error: null })
      : null
    if (like !== null) return like
  }
  return `{ error: '${said}' }`
}
