import type { Price } from './model.ts'

type Known = {
  provider: 'anthropic' | 'openai' | 'google'
  /** the model's id, or the start of it: dated releases follow */
  id: string
  contextTokens: number
  price: Price
}

const K = 1_000
const M = 1_000_000

/**
 * As of 2026-11-23, from what the providers publish. Dollars for a million tokens of requests that are shorter than 200,000 tokens; longer
 * ones are never sent.
 */
const price = (input: number, output: number, cachedInput: number, cacheWrite = input): Price => ({
  input,
  output,
  cachedInput,
  cacheWrite,
})

/** The first entry whose id begins the name decides: the longer name stands before the shorter. */
const KNOWN: readonly Known[] = [
  { provider: 'anthropic', id: 'claude-fable-5-1', contextTokens: M, price: price(10, 50, 0.25, 12.5) },
  { provider: 'anthropic', id: 'claude-fable-5', contextTokens: M, price: price(10, 50, 1, 12.5) },
  { provider: 'anthropic', id: 'claude-opus-5-5', contextTokens: M, price: price(4, 20, 0.2, 5) },
  { provider: 'anthropic', id: 'claude-opus-5', contextTokens: M, price: price(5, 25, 0.5, 6.25) },
  { provider: 'anthropic', id: 'claude-opus-4-', contextTokens: 200 * K, price: price(5, 25, 0.5, 6.25) },
  { provider: 'anthropic', id: 'claude-sonnet-5-5', contextTokens: M, price: price(2, 10, 0.1, 2.5) },
  { provider: 'anthropic', id: 'claude-sonnet-5', contextTokens: M, price: price(2, 10, 0.2, 2.5) },
  { provider: 'anthropic', id: 'claude-sonnet-4', contextTokens: 200 * K, price: price(3, 15, 0.3, 3.75) },
  // Prompts above 100,000 tokens cost five times as much, and the loop may send them: the dearer figure holds.
  { provider: 'anthropic', id: 'claude-haiku-5-5', contextTokens: M, price: price(0.5, 2.5, 0.05, 0.625) },
  { provider: 'anthropic', id: 'claude-haiku-4-5', contextTokens: 200 * K, price: price(1, 5, 0.1, 1.25) },
  { provider: 'openai', id: 'gpt-6-astra', contextTokens: 1_050 * K, price: price(10, 50, 1, 12.5) },
  { provider: 'openai', id: 'gpt-6.1-sol', contextTokens: 1_050 * K, price: price(2, 10, 0.1, 2.5) },
  { provider: 'openai', id: 'gpt-6-sol', contextTokens: 1_050 * K, price: price(2, 10, 0.2, 2.5) },
  { provider: 'openai', id: 'gpt-6-luna', contextTokens: 1_050 * K, price: price(0.1, 0.5, 0.01, 0.125) },
  { provider: 'openai', id: 'gpt-5.6-luna', contextTokens: 1_050 * K, price: price(0.2, 1.2, 0.02) },
  { provider: 'openai', id: 'gpt-5.6-terra', contextTokens: 1_050 * K, price: price(2, 12, 0.2) },
  { provider: 'openai', id: 'gpt-5.6', contextTokens: 1_050 * K, price: price(4, 20, 0.4) },
  { provider: 'openai', id: 'gpt-5.5-pro', contextTokens: 400 * K, price: price(30, 180, 30) },
  { provider: 'openai', id: 'gpt-5.5', contextTokens: 400 * K, price: price(5, 30, 0.5) },
  { provider: 'openai', id: 'gpt-5.4-pro', contextTokens: 400 * K, price: price(30, 180, 30) },
  { provider: 'openai', id: 'gpt-5.4-mini', contextTokens: 400 * K, price: price(0.75, 4.5, 0.075) },
  { provider: 'openai', id: 'gpt-5.4', contextTokens: 400 * K, price: price(2.5, 15, 0.25) },
  // The launch price of half of this ends on 30 November 2026.
  { provider: 'google', id: 'gemini-4-argon', contextTokens: 1_048 * K, price: price(4, 20, 0.2) },
  { provider: 'google', id: 'gemini-2.5-pro', contextTokens: 1_048 * K, price: price(1.25, 10, 0.125) },
  { provider: 'google', id: 'gemini-2.5-flash-lite', contextTokens: 1_048 * K, price: price(0.1, 0.4, 0.01) },
  { provider: 'google', id: 'gemini-2.5-flash', contextTokens: 1_048 * K, price: price(0.3, 2.5, 0.03) },
]

/** What a server is taken to hold that says nothing of it. */
const UNKNOWN_CONTEXT = { compatible: 32 * K, hosted: 128 * K } as const

/** Context and price of a model; the price is null where the table has none. */
export const knownModel = (
  provider: string,
  model: string,
): { contextTokens: number; price: Price | null; isContextKnown: boolean } => {
  const known = KNOWN.find((each) => each.provider === provider && model.startsWith(each.id))
  if (known !== undefined)
    return { contextTokens: known.contextTokens, price: known.price, isContextKnown: true }
  const contextTokens = provider === 'compatible' ? UNKNOWN_CONTEXT.compatible : UNKNOWN_CONTEXT.hosted
  return { contextTokens, price: null, isContextKnown: false }
}

/** What is taken where only a key says which provider it is. */
export const DEFAULT_MODELS = {
  anthropic: 'claude-sonnet-5-5',
  openai: 'gpt-6.1-sol',
  google: 'gemini-4-argon',
} as const
