import { nearest } from '../base/text/nearest.ts'
import type { DefinitionProblem } from '../model/agent.ts'
import type { Raw, ReadAgent } from './define.ts'
import { type Field, type Place, problemIn } from './fields.ts'
import { readFrontMatter } from './front-matter.ts'
import { ownKey } from './own-key.ts'

/** A dialect as data: what each key of a head means. */
export type Dialect = {
  fields: Readonly<Record<string, Field>>
  /** keys that the host knows and that change nothing here: kept, without a word */
  silent?: readonly string[]
  /** words for tools that mean something else here */
  tools?: Readonly<Record<string, readonly string[]>>
}

type Agent = ReadAgent['agent']

export type Head = {
  file: string
  values: Readonly<Record<string, unknown>>
  lineOf(key: string): number | null
  body: string
  bodyLine: number
}

const merge = (agent: Agent, more: Partial<Agent>): Agent => ({
  ...agent,
  ...more,
  ...(more.permissions && { permissions: [...(agent.permissions ?? []), ...more.permissions] }),
  ...(more.without && { without: [...new Set([...(agent.without ?? []), ...more.without])] }),
})

const unknownKey = (key: string, place: Place, known: readonly string[]) => {
  const close = nearest(key, known)
  const fix =
    close === null ? 'Leave it, or take it out: it is kept and changes nothing.' : `Did you mean "${close}"?`
  place.warn(`the key "${key}" means nothing here`, fix)
}

/** Reads the keys of a head by the dialect; what it does not know is kept, and said. */
export const readHead = (head: Head, dialect: Dialect): ReadAgent => {
  const problems: DefinitionProblem[] = []
  const unknown: Record<string, unknown> = {}
  let agent: Agent = { instructions: head.body }
  for (const [key, value] of Object.entries(head.values)) {
    const line = head.lineOf(key)
    const place: Place = {
      file: head.file,
      line,
      tools: dialect.tools ?? {},
      warn: (problem, fix) => problems.push({ level: 'warning', file: head.file, line, problem, fix }),
    }
    const field = ownKey(dialect.fields, key)
    if (field !== undefined) agent = merge(agent, field(value, place))
    else {
      unknown[key] = value
      if (!dialect.silent?.includes(key)) unknownKey(key, place, Object.keys(dialect.fields))
    }
  }
  return { agent: { ...agent, unknown }, bodyLine: head.bodyLine, problems }
}

/** A Markdown file with YAML at its head, by the dialect. */
export const readMarkdown = (raw: Raw, dialect: Dialect): ReadAgent => {
  const matter = readFrontMatter(raw.text)
  if (matter.error !== null) {
    const { line, problem, fix } = matter.error
    const problems = [problemIn(raw.file, line, problem, fix)]
    return { agent: { instructions: matter.body }, bodyLine: matter.bodyLine, problems }
  }
  return readHead({ ...matter, file: raw.file }, dialect)
}

/** Whether the path of a file is one where a host keeps its agents. */
export const liesIn = (file: string, ...folders: readonly string[]) =>
  folders.some((folder) => `/${file}`.includes(`/${folder}/`))

/** Share of 1 that the keys of a file's head speak for a dialect: what only this host knows counts. */
export const headShows = (
  raw: Raw,
  tells: (values: Readonly<Record<string, unknown>>) => boolean,
): boolean => {
  const { values, hasHead, error } = readFrontMatter(raw.text)
  return hasHead && error === null && tells(values)
}
