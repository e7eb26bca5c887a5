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

/** "Sequential" means `sequential-thinking`, and "Sequential Thinking" means `sequential`. */
const isMeant = ({ server }: McpPreference, name: string, words: readonly string[]) => {
  const meant = wordsOf(server)
  const named = wordsOf(name)
  return (
    meant.length > 0 &&
    (meant.every((word) => words.includes(word)) || named.every((word) => meant.includes(word)))
  )
}

/** Makers of user interfaces, by the names that their servers go by. */
const INTERFACE_MAKERS = new Set(['21st', 'v0', 'lovable', 'magicui', 'shadcn', 'uizard'])

/** Who avoids one maker of user interfaces for what it makes avoids the others, too. */
const avoidsInterfaces = ({ rank, server, reason }: McpPreference) =>
  rank === 'avoided' &&
  /\b(?:ui|user interfaces?|interfaces?|frontend|components?)\b/i.test(`${server} ${reason}`)

const ORDER: readonly Rank[] = ['primary', 'secondary', 'other', 'avoided']

/** A name that is avoided counts wherever it stands, so that another name in the configuration does not hide it. */
const preferenceFor = (
  name: string,
  wish: McpServerWish,
  preferences: readonly McpPreference[],
): McpPreference | null => {
  const words = wordsOfServer(name, wish)
  const meant = preferences.filter((preference) => isMeant(preference, name, words))
  const alike = words.some((word) => INTERFACE_MAKERS.has(word))
    ? preferences.find(avoidsInterfaces)
    : undefined
  return meant.find(({ rank }) => rank === 'avoided') ?? alike ?? meant[0] ?? null
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
