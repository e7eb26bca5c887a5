import { fault } from '../../base/errors/fault.ts'
import { DEFAULT_MODELS } from './known-models.ts'

export type Provider = 'anthropic' | 'openai' | 'google' | 'compatible'

/** One model, and how it is reached. */
export type Choice = {
  provider: Provider
  /** as the provider calls it; null: the one that the server has */
  model: string | null
  /** null: the provider's own */
  baseUrl: string | null
  key: string | null
  /** the key is a bearer token of a gateway */
  isToken: boolean
  warning: string | null
}

export type ModelWish = {
  /** `anthropic/claude-…`, `compatible/qwen3`, `ollama/qwen3`, an alias; null: by the key that is there */
  reference: string | null
  /** of an OpenAI-compatible server, or of a gateway before the provider */
  baseUrl: string | null
}

export type Variables = Readonly<Record<string, string | undefined>>

/** Turns aliases and retired names into `provider/model`. */
export type Resolve = (reference: string) => {
  provider: string | null
  model: string | null
  warning: string | null
}

const KEYS = {
  anthropic: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN'],
  openai: ['OPENAI_API_KEY'],
  google: ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY'],
} as const

/** Servers of one's own machine, where they listen if nobody says otherwise. */
const LOCAL: Readonly<Record<string, string>> = {
  ollama: 'http://127.0.0.1:11434/v1',
  lmstudio: 'http://127.0.0.1:1234/v1',
  vllm: 'http://127.0.0.1:8000/v1',
  llamacpp: 'http://127.0.0.1:8080/v1',
}

const isHosted = (name: string): name is keyof typeof KEYS => Object.hasOwn(KEYS, name)

const given = (env: Variables, name: string): string | null => {
  const value = env[name]?.trim()
  return value === undefined || value === '' ? null : value
}

/** Gateways are named with and without `/v1`; the providers' clients want it. */
const versioned = (url: string | null): string | null =>
  url === null ? null : /\/v\d+\w*\/?$/.test(url) ? url : `${url.replace(/\/$/, '')}/v1`

const keyOf = (provider: keyof typeof KEYS, env: Variables) => {
  for (const name of KEYS[provider]) {
    const key = given(env, name)
    if (key !== null) return { key, isToken: name.endsWith('_TOKEN') }
  }
  return null
}

const compatible = (
  model: string | null,
  baseUrl: string,
  key: string | null,
  warning: string | null,
): Choice => ({ provider: 'compatible', model, baseUrl, key, isToken: true, warning })

const hosted = (
  provider: keyof typeof KEYS,
  model: string,
  wish: ModelWish,
  env: Variables,
  warning: string | null,
): Choice => {
  const own = wish.baseUrl ?? given(env, `${provider.toUpperCase()}_BASE_URL`)
  const held = keyOf(provider, env)
  if (provider === 'openai' && own !== null && !own.includes('//api.openai.com'))
    return compatible(model, own, held?.key ?? null, warning)
  if (held === null)
    throw fault('E_NO_MODEL', { why: `${KEYS[provider][0]} is not set, and ${provider}/${model} wants it` })
  return {
    provider,
    model,
    baseUrl: provider === 'anthropic' ? versioned(own) : own,
    ...held,
    warning,
  }
}

const byKey = (wish: ModelWish, env: Variables): Choice => {
  const own = given(env, 'PLIMSOLL_API_KEY')
  if (wish.baseUrl !== null) return compatible(null, wish.baseUrl, own, null)
  for (const provider of ['anthropic', 'openai', 'google'] as const)
    if (keyOf(provider, env) !== null) return hosted(provider, DEFAULT_MODELS[provider], wish, env, null)
  const url = given(env, 'OPENAI_BASE_URL')
  if (url !== null) return compatible(null, url, null, null)
  throw fault('E_NO_MODEL', { why: 'no model is configured, and no key of a provider is in the environment' })
}

/**
 * Which model answers: what was named, else the provider whose key is there. A key goes to its own provider only; a
 * server of one's own gets `PLIMSOLL_API_KEY`. Faults: E_NO_MODEL.
 */
export const chooseModel = (wish: ModelWish, env: Variables, resolve: Resolve): Choice => {
  if (wish.reference === null) return byKey(wish, env)
  const { provider: said, model, warning } = resolve(wish.reference)
  if (model === null) return byKey(wish, env)
  const provider = said ?? ''
  if (isHosted(provider)) return hosted(provider, model, wish, env, warning)
  const url = wish.baseUrl ?? LOCAL[provider] ?? given(env, 'OPENAI_BASE_URL')
  const own = given(env, 'PLIMSOLL_API_KEY')
  if (provider === 'compatible' || Object.hasOwn(LOCAL, provider)) {
    if (url === null)
      throw fault('E_NO_MODEL', { why: `${wish.reference} needs the address of its server, "baseUrl"` })
    const key = wish.baseUrl === null && LOCAL[provider] === undefined ? given(env, 'OPENAI_API_KEY') : null
    return compatible(model, url, own ?? key, warning)
  }
  // A name with a colon or a slash of its own, as local servers have them.
  if (wish.baseUrl !== null) return compatible(wish.reference, wish.baseUrl, own, null)
  throw fault('E_NO_MODEL', { why: `"${wish.reference}" names no provider that is known here` })
}
