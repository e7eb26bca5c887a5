import type { McpPreference } from '../../../model/agent.ts'
import { named, type Section, type Statement } from './outline.ts'

type Rank = McpPreference['rank']

const RANKS: readonly [RegExp, Rank][] = [
  [/\b(avoid(ed)?|never|do not use|don['’]t use|not used?|disabled|forbidden)\b/i, 'avoided'],
  [/\b(secondary|fall-?back|second|then|otherwise)\b/i, 'secondary'],
  [/\b(primary|prefer(red)?|first|main|default)\b/i, 'primary'],
]

const rankOf = (text: string): Rank | null => RANKS.find(([pattern]) => pattern.test(text))?.[1] ?? null

const serverOf = (text: string) =>
  text
    .replace(/\(([^)]*)\)/, (aside, inner: string) => (rankOf(inner) === null ? aside : ''))
    .replace(/\b(mcp )?server\b/gi, '')
    .trim()
    .replace(/[.:,]+$/, '')

const listOf = (text: string) =>
  text
    .split(/\s*[,;]\s*/)
    .map((part) =>
      part
        .replace(/^and\s+/i, '')
        .replace(/\.$/, '')
        .trim(),
    )
    .filter((part) => part !== '')

/** Steps in their order: divided by arrows, or by "then". */
export const stepsOf = (text: string): string[] =>
  text
    .split(/\s*(?:→|⇒|->|=>|,?\s+then\s+|\s>\s)\s*/i)
    .map((step) =>
      step
        .replace(/^\d+[.)]\s*/, '')
        .replace(/\.$/, '')
        .trim(),
    )
    .filter((step) => step !== '')

type Draft = Omit<McpPreference, 'server' | 'rank' | 'line'>

const empty = (): Draft => ({ purpose: '', useCases: [], workflow: [], reason: '', alternative: '' })

type Fill = (draft: Draft, value: string) => void

const FIELDS: readonly [RegExp, Fill][] = [
  [/^(purpose|for|role|what)/i, (draft, value) => Object.assign(draft, { purpose: value })],
  [/^(use cases?|when|used? for|uses)/i, (draft, value) => draft.useCases.push(...listOf(value))],
  [/^(workflow|steps|process|flow|how)/i, (draft, value) => draft.workflow.push(...stepsOf(value))],
  [/^(reason|why|because)/i, (draft, value) => Object.assign(draft, { reason: value })],
  [/^(alternative|instead|replace)/i, (draft, value) => Object.assign(draft, { alternative: value })],
]

const describe = (statements: readonly Statement[]): Draft => {
  const draft = empty()
  let open: Fill | null = null
  let isFirst = true
  for (const { text } of statements) {
    const { name, value } = named(text)
    const label = name === '' ? text.replace(/:$/, '') : name
    const field = FIELDS.find(([pattern]) => pattern.test(label))?.[1]
    if (field !== undefined && name !== '') field(draft, value)
    else if (field !== undefined && text.endsWith(':')) open = field
    else if (open !== null) open(draft, text)
    else if (isFirst) draft.purpose = text
    isFirst = false
    if (name !== '') open = null
  }
  return draft
}

/** `Primary: Context7` and `Context7 (primary)` and `Context7: primary, for documentation`. */
const headOf = (text: string, above: Rank | null): { server: string; rank: Rank; rest: string } | null => {
  const { name, value } = named(text)
  const ranked = rankOf(name)
  if (ranked !== null && name.split(/\s+/).length <= 4) {
    const [server = '', ...rest] = value.split(/\s+[—–-]\s+|\s*\(|:\s+/)
    return { server: serverOf(server), rank: ranked, rest: rest.join(' ').replace(/\)$/, '') }
  }
  const rank = rankOf(/\(([^)]*)\)/.exec(text)?.[1] ?? '') ?? rankOf(value.split(/[,;.·]/)[0] ?? '')
  if (name !== '' && rank !== null)
    return {
      server: serverOf(name),
      rank,
      rest: value
        .split(/[,;·]\s*/)
        .slice(1)
        .join(', '),
    }
  if (rank !== null && /\(/.test(text)) return { server: serverOf(text), rank, rest: '' }
  return above === null || text.length > 40
    ? null
    : { server: serverOf(name || text), rank: above, rest: name ? value : '' }
}

const isServer = (server: string) => server !== '' && server.split(/\s+/).length <= 4

const fromStatements = (section: Section): McpPreference[] =>
  section.statements
    .filter(({ indent }) => indent !== null && indent < 2)
    .flatMap(({ text, line }) => {
      const head = headOf(text, rankOf(section.title))
      if (head === null || !isServer(head.server)) return []
      const said = head.rank === 'avoided' ? { reason: head.rest } : { purpose: head.rest }
      return [{ ...empty(), ...said, server: head.server, rank: head.rank, line }]
    })

/** Which servers an agent prefers, and which it keeps away from: what stands below a heading that names MCP. */
export const readMcpPreferences = (sections: readonly Section[]): McpPreference[] => {
  const about = sections.filter(({ path }) => path.some((title) => /\bmcp\b|context servers?/i.test(title)))
  const found = about.flatMap((section) => {
    const head = /\bmcp\b/i.test(section.title) ? null : headOf(section.title, null)
    if (head === null || !isServer(head.server)) return fromStatements(section)
    return [{ ...describe(section.statements), server: head.server, rank: head.rank, line: section.line }]
  })
  return found.filter(
    ({ server }, index) =>
      found.findIndex((other) => other.server.toLowerCase() === server.toLowerCase()) === index,
  )
}
