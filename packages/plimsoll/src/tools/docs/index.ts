import { z } from 'zod'
import { nearest } from '../../base/text/nearest.ts'
import { defineTool, type ToolContext } from '../define.ts'
import { type Pattern, patternLibrary } from '../pattern-library.ts'
import { no } from '../refuse.ts'
import { findPatterns } from '../search-patterns.ts'
import { FRAMEWORKS, type Stack, stackOf, surveyedStack } from './stack.ts'
import { tellCode, tellPattern } from './tell-pattern.ts'

const Input = z.strictObject({
  query: z.string().optional().describe('what is to be solved, in a few words: "two buyers, last seat"'),
  id: z.string().optional().describe('one pattern, such as outbox'),
  framework: z.enum(FRAMEWORKS).optional().describe('whose code is shown; absent: what the repository uses'),
  part: z.enum(['all', 'code']).optional().describe('with an id: only its code'),
})
type Input = z.infer<typeof Input>

const MOST_HITS = 6

const row = ({ id, description }: Pattern) => `${id} · ${description}`

const linkTo = ({ id, title }: Pattern) => ({ uri: `plimsoll://patterns/${id}`, title })

const namesOf = (patterns: readonly Pattern[]) => patterns.map(({ id }) => id).join(', ')

const answerAll = () => {
  const library = patternLibrary()
  return { text: library.map(({ id, title }) => `${id} · ${title}`).join('\n'), links: library.map(linkTo) }
}

const answerQuery = (query: string) => {
  const patterns = findPatterns(query)
  const hits = patterns.slice(0, MOST_HITS)
  const [best] = hits
  if (best === undefined)
    return no(`No pattern answers "${query.slice(0, 200)}". There are: ${namesOf(patternLibrary())}.`)
  const next = `One in full, with code: docs ${JSON.stringify({ id: best.id })}`
  const more = patterns.length > hits.length ? [`(${patterns.length - hits.length} more)`] : []
  return {
    text: [...hits.map(row), ...more, next].join('\n'),
    data: hits.map(({ id, title, description }) => ({ id, title, description })),
    links: hits.map(linkTo),
  }
}

const stackIn = async (framework: Input['framework'], { door }: ToolContext): Promise<Stack> => {
  const surveyed = door === undefined ? null : await door.survey()
  if (framework === undefined) return surveyed === null ? [] : surveyedStack(surveyed)
  const clients = surveyed?.services.flatMap(({ stores }) => stores.map(({ client }) => client)) ?? []
  return stackOf([framework], clients)
}

/** **Contract:** reads what ships with the product, and the survey; nothing is executed or fetched. */
export default defineTool<Input>({
  id: 'docs',
  title: 'Look up a pattern',
  description:
    "The built-in pattern library: how to build what backends keep getting wrong (retries, idempotency keys, locking, outbox, paging, rate limits, sessions, migrations, erasure, shutdown, alerts), each with when, how, pitfalls, the experiment that proves it, and code for the repository's own framework. Use it before you design one of these, or to repair a finding. Give a query to search, an id to read one. It works offline; it is not the reference of a library: read its sources for that.",
  input: Input,
  effect: 'reads',
  mcp: true,
  subjects: () => [],
  run: async ({ query, id, framework, part }, context) => {
    if (id === undefined) return query === undefined ? answerAll() : answerQuery(query)
    const library = patternLibrary()
    const pattern = library.find((one) => one.id === id)
    if (pattern === undefined) {
      const near = nearest(
        id,
        library.map((one) => one.id),
      )
      const hint = near === null ? `There are: ${namesOf(library)}.` : `Did you mean "${near}"?`
      return no(`No pattern is called "${id}". ${hint}`)
    }
    const stack = await stackIn(framework, context)
    return {
      text: part === 'code' ? tellCode(pattern, stack) : tellPattern(pattern, stack),
      links: [linkTo(pattern)],
    }
  },
})
