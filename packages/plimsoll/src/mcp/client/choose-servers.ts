import type { McpPreference } from '../../model/agent.ts'
import type { McpServerWish } from '../../model/config.ts'

export type Rank = McpPreference['rank'] | 'other'

/** A configured server, and what the agent's definition says of it. */
export type Chosen = { name: string; wish: McpServerWish; rank: Rank; preference: McpPreference | null }

const wordsOf = (text: string): string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')

/** What tells one server from another: its name, and the program or address behind it. */
const wordsOfServer = (name: string, wish: McpServerWish): string[] =>
  'url' in wish
    ? wordsOf(`${name} ${wish.url}`)
    : wordsOf([name, wish.command, ...(wish.args ?? [])].join(' '))

const isMeant = ({ server }: McpPreference, words: readonly string[]) => {
  const meant = wordsOf(server)
  return meant.length > 0 && meant.every((word) => words.includes(word))
}

const ORDER: readonly Rank[] = ['primary', 'secondary', 'other', 'avoided']

/** A name that is avoided counts wherever it stands, so that another name in the configuration does not hide it. */
const preferenceFor = (
  name: string,
  wish: McpServerWish,
  preferences: readonly McpPreference[],
): McpPreference | null => {
  const meant = preferences.filter((preference) => isMeant(preference, wordsOfServer(name, wish)))
  return meant.find(({ rank }) => rank === 'avoided') ?? meant[0] ?? null
}

/** The configured servers in the order in which the definition prefers them. */
export const chooseServers = (
  servers: Readonly<Record<string, McpServerWish>>,
  preferences: readonly McpPreference[],
): Chosen[] =>
  Object.entries(servers)
    .map(([name, wish]): Chosen => {
      const preference = preferenceFor(name, wish, preferences)
      return { name, wish, rank: preference?.rank ?? 'other', preference }
    })
    .sort((a, b) => ORDER.indexOf(a.rank) - ORDER.indexOf(b.rank))
