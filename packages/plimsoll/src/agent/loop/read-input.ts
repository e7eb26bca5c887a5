import type { z } from 'zod'
import { nearest } from '../../base/text/nearest.ts'
import type { Tool } from '../../tools/define.ts'
import type { ToolCall } from '../model/model.ts'
import { exampleOf } from './example-input.ts'
import { schemaOf } from './tool-specs.ts'

export type ReadInput = { ok: true; input: unknown } | { ok: false; text: string }

const MOST_ISSUES = 5

const whereOf = (issue: z.core.$ZodIssue) => (issue.path.length === 0 ? 'the input' : issue.path.join('.'))

const example = (tool: Tool) => `A right call of ${tool.id}: ${JSON.stringify(exampleOf(schemaOf(tool)))}`

/** Where a text stops being JSON, in the words of the parser. */
const problemOf = (text: string): string => {
  try {
    JSON.parse(text)
    return 'it is no object'
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : 'it is no JSON'
  }
}

/** The input of a call, or what is wrong with it and what would be right: a model mends that by itself. */
export const readInput = (tool: Tool, input: ToolCall['input']): ReadInput => {
  if (typeof input.malformed === 'string' && Object.keys(input).length === 1)
    return {
      ok: false,
      text: `The arguments were no JSON object: ${problemOf(input.malformed)}. Nothing was run. ${example(tool)}`,
    }
  const read = tool.input.safeParse(input)
  if (read.success) return { ok: true, input: read.data }
  const issues = read.error.issues.slice(0, MOST_ISSUES).map((issue) => `${whereOf(issue)}: ${issue.message}`)
  return { ok: false, text: `Wrong input; nothing was run. ${issues.join('; ')}. ${example(tool)}` }
}

export const unknownTool = (name: string, tools: readonly Tool[]): string => {
  const ids = tools.map(({ id }) => id)
  const close = nearest(name, ids)
  return close === null
    ? `There is no tool "${name}". There are: ${ids.join(', ')}.`
    : `There is no tool "${name}"; did you mean "${close}"?`
}
