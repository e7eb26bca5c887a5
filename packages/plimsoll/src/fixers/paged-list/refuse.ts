import type { Project } from '../../instruments/source/project.ts'
import { answerLines } from '../answer-lines.ts'
import type { Handler } from '../find-handlers.ts'
import { refusalBody } from '../refusal-body.ts'
import type { Bounds, Paged } from './page-code.ts'

type Way = { bounds: Bounds; framework: Paged; typed: boolean }

/** How a handler answers a limit that is none, as the project answers other mistakes of the caller. */
export const refusalFor = (
  project: Project,
  { source }: Handler,
  answer: string,
  { bounds, framework, typed }: Way,
): string => {
  const said = `limit has to be a whole number from 1 to ${bounds.most}, and offset one from 0`
  const throws = new RegExp(`\\b${answer}\\.throw\\(4\\d\\d`).test(source.text)
  if (framework === 'koa' && throws) return `if (page === null) ${answer}.throw(400, '${said}')`
  const body = refusalBody(project, source, 400, said)
  return answerLines({ framework, answer, typed, status: 400, body }, 'page === null')
}
