import type { ToolAnswer } from '../../../tools/define.ts'

export type PatternHit = { id: string; title: string; text: string }

/** The built-in pattern library, best first. */
export type SearchPatterns = (query: string) => readonly PatternHit[] | Promise<readonly PatternHit[]>

const MOST_HITS = 3
const MOST_CHARACTERS = 1_500

const excerpt = ({ id, title, text }: PatternHit): string =>
  `### ${title} (plimsoll://patterns/${id})\n${text.slice(0, MOST_CHARACTERS).trim()}`

/** What the library has on it, as Markdown; null where it has nothing. */
export const fromLibrary = async (search: SearchPatterns, query: string): Promise<string | null> => {
  const hits = await search(query)
  return hits.length === 0 ? null : hits.slice(0, MOST_HITS).map(excerpt).join('\n\n')
}

const textsIn = (input: Record<string, unknown>): string =>
  Object.values(input)
    .filter((value) => typeof value === 'string')
    .join(' ')

/** The answer in place of a server that cannot be reached: it says so first. */
export const degrade =
  (search: SearchPatterns) =>
  async (input: Record<string, unknown>, reason: string): Promise<ToolAnswer> => {
    const found = await fromLibrary(search, textsIn(input))
    return found === null
      ? { text: `${reason}. The built-in pattern library has nothing on this either.`, failed: true }
      : { text: `${reason}. This is from the built-in pattern library instead:\n\n${found}` }
  }
