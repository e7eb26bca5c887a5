import { ownKey } from '../../hosts/own-key.ts'

/** A model that a provider has taken away, or will on a day that it has named. */
type Ending = {
  names: RegExp
  /** first day on which requests fail */
  ends: string
  instead: string
}

/** From the providers' own pages on deprecations. */
const ENDINGS: readonly Ending[] = [
  { names: /^claude-(instant-)?1(\.\d)?$/, ends: '2024-11-06', instead: 'claude-sonnet-5-5' },
  { names: /^claude-(2(\.\d)?|3-sonnet(-\d{8})?)$/, ends: '2025-07-21', instead: 'claude-sonnet-5-5' },
  { names: /^claude-3-5-sonnet(-\d{8}|-latest)?$/, ends: '2025-10-28', instead: 'claude-sonnet-5-5' },
  { names: /^claude-3-7-sonnet(-\d{8}|-latest)?$/, ends: '2026-02-19', instead: 'claude-sonnet-5-5' },
  { names: /^claude-3-opus(-\d{8}|-latest)?$/, ends: '2026-01-05', instead: 'claude-opus-5-5' },
  { names: /^claude-3-5-haiku(-\d{8}|-latest)?$/, ends: '2026-02-19', instead: 'claude-haiku-5-5' },
  {
    names: /^claude-(sonnet-4|4-sonnet)(-0|-latest|-20250514)?$/,
    ends: '2026-06-15',
    instead: 'claude-sonnet-5-5',
  },
  {
    names: /^claude-(opus-4|4-opus)(-0|-latest|-20250514)?$/,
    ends: '2026-06-15',
    instead: 'claude-opus-5-5',
  },
  { names: /^claude-sonnet-4-5(-20250929)?$/, ends: '2026-11-30', instead: 'claude-sonnet-5-5' },
  { names: /^(o1|o3-mini|gpt-4|gpt-4-turbo)(-\d{4}.*)?$/, ends: '2026-10-23', instead: 'gpt-5.6-sol' },
  { names: /^(o4-mini|gpt-3\.5-turbo)(-\d{4}.*)?$/, ends: '2026-10-23', instead: 'gpt-5.6-terra' },
  { names: /^(gpt-5|gpt-5-pro|o3|o3-pro)(-\d{4}-.*)?$/, ends: '2026-12-11', instead: 'gpt-5.6-sol' },
  { names: /^gpt-5-mini(-\d{4}-.*)?$/, ends: '2026-12-11', instead: 'gpt-5.6-terra' },
  { names: /^gpt-5-nano(-\d{4}-.*)?$/, ends: '2026-12-11', instead: 'gpt-5.6-luna' },
  { names: /^gpt-4(o|\.1)(-mini)?(-\d{4}-.*)?$/, ends: '2027-01-14', instead: 'gpt-6-luna' },
  { names: /^gemini-1\.[05]-/, ends: '2025-09-29', instead: 'gemini-3.8-flash' },
  { names: /^gemini-2\.5-pro$/, ends: '2026-12-01', instead: 'gemini-3.8-flash' },
  { names: /^gemini-2\.5-flash$/, ends: '2026-12-01', instead: 'gemini-3.5-flash-lite' },
]

/** Short names that always mean the newest of a line. */
const ALIASES: Readonly<Record<string, string>> = {
  sonnet: 'anthropic/claude-sonnet-5-5',
  opus: 'anthropic/claude-opus-5-5',
  opusplan: 'anthropic/claude-opus-5-5',
  haiku: 'anthropic/claude-haiku-5-5',
  fable: 'anthropic/claude-fable-5-1',
}

/** Words that say: the model of whoever calls. */
const INHERIT = new Set(['', 'inherit', 'default', 'auto', 'fast', 'best'])

const PROVIDERS: Readonly<Record<string, string>> = {
  ...{ claude: 'anthropic', gemini: 'google', 'google-generative-ai': 'google', googleai: 'google' },
  ...{ 'openai-compatible': 'compatible', codex: 'openai', copilot: 'openai' },
}

const GUESSES: readonly [RegExp, string][] = [
  [/^claude-/, 'anthropic'],
  [/^(gpt-|o\d|codex-|chatgpt-)/, 'openai'],
  [/^gemini-/, 'google'],
]

export type ModelName = {
  /** `anthropic`, `openai`, `google`, `compatible`, or the word as it was; null where nothing tells */
  provider: string | null
  /** null: the model of whoever calls */
  model: string | null
  /** one sentence for the author of the reference */
  warning: string | null
}

/** `Claude Sonnet 4.5 (copilot)`, `opus[1m]`: as people write it, made into a name. */
const normalise = (text: string): string => {
  const name = text
    .trim()
    .replace(/\s*\([^)]*\)$/, '')
    .replace(/\[[^\]]*\]$/, '')
    .replace(/^claude (.*)$/i, (_, rest: string) => `claude ${rest.replace(/\./g, '-')}`)
  return /\s/.test(name) ? name.toLowerCase().replace(/\s+/g, '-') : name
}

const split = (reference: string): { provider: string | null; name: string } => {
  const [, prefix, rest] = /^([\w-]+)[/:](.+)$/.exec(reference) ?? []
  if (prefix === undefined || rest === undefined) return { provider: null, name: reference }
  return { provider: ownKey(PROVIDERS, prefix.toLowerCase()) ?? prefix.toLowerCase(), name: rest }
}

/**
 * What a reference to a model stands for today. A name that is not in the table passes as it is.
 * @param today the day as `2026-11-23`
 */
export const resolveModelName = (
  reference: string | null,
  today: string = new Date().toISOString().slice(0, 10),
): ModelName => {
  const said = normalise(reference ?? '')
  if (INHERIT.has(said.toLowerCase())) return { provider: null, model: null, warning: null }
  const { provider, name } = split(ownKey(ALIASES, said.toLowerCase()) ?? said)
  const own = provider ?? GUESSES.find(([pattern]) => pattern.test(name))?.[1] ?? null
  const ending = ['anthropic', 'openai', 'google', null].includes(own)
    ? ENDINGS.find(({ names }) => names.test(name))
    : undefined
  if (ending === undefined) return { provider: own, model: name, warning: null }
  const isGone = ending.ends <= today
  const warning = isGone
    ? `${name} was taken away on ${ending.ends}; ${ending.instead} is used instead`
    : `${name} ends on ${ending.ends}; its successor is ${ending.instead}`
  return { provider: own, model: isGone ? ending.instead : name, warning }
}
