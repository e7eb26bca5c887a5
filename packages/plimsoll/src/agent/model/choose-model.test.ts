import { describe, expect, it } from 'vitest'
import { resolveModelName } from '../definitions/model-names.ts'
import { chooseModel } from './choose-model.ts'
import { readRetryAfter } from './failures.ts'

const choose = (reference: string | null, env: Record<string, string> = {}, baseUrl: string | null = null) =>
  chooseModel({ reference, baseUrl }, env, (name) => resolveModelName(name, '2026-11-23'))

const whyOf = (attempt: () => unknown) => {
  try {
    attempt()
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : ''
  }
  return ''
}

describe('the model that is chosen', () => {
  it('is that of the key that is there', () => {
    expect(choose(null, { OPENAI_API_KEY: 'k' })).toMatchObject({ provider: 'openai', key: 'k' })
    expect(choose(null, { ANTHROPIC_API_KEY: 'a', OPENAI_API_KEY: 'k' })).toMatchObject({
      provider: 'anthropic',
    })
    expect(choose(null, { GOOGLE_GENERATIVE_AI_API_KEY: 'g' })).toMatchObject({ provider: 'google' })
    expect(choose('inherit', { OPENAI_API_KEY: 'k' })).toMatchObject({ provider: 'openai' })
  })

  it('replaces names that providers took away', () => {
    const chosen = choose('anthropic/claude-sonnet-4-20250514', { ANTHROPIC_API_KEY: 'a' })
    expect(chosen.model).toBe('claude-sonnet-5-5')
    expect(chosen.warning).toContain('claude-sonnet-4-20250514')
  })

  it('speaks to gateways and to servers of one’s own', () => {
    const gateway = choose('sonnet', { ANTHROPIC_AUTH_TOKEN: 't', ANTHROPIC_BASE_URL: 'http://gate' })
    expect(gateway).toMatchObject({ provider: 'anthropic', baseUrl: 'http://gate/v1', isToken: true })
    expect(choose('ollama/qwen3:8b')).toMatchObject({ provider: 'compatible', model: 'qwen3:8b', key: null })
    expect(choose('openai/x', { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://vllm/v1' })).toMatchObject({
      ...{ provider: 'compatible', model: 'x', baseUrl: 'http://vllm/v1', key: 'k' },
    })
  })

  it('sends no key of a provider to an address that a configuration names', () => {
    const chosen = choose(
      'compatible/x',
      { OPENAI_API_KEY: 'k', ANTHROPIC_API_KEY: 'a' },
      'http://else.where/v1',
    )
    expect(chosen.key).toBeNull()
  })

  it('says what is missing', () => {
    const env = {}
    const problems = [null, 'opus', 'compatible/x', 'mystery'].map((name) => whyOf(() => choose(name, env)))
    expect(problems.join('\n')).toMatchInlineSnapshot(`
      "No language model is set up, and this needs one: no model is configured, and no key of a provider is in the environment.
      No language model is set up, and this needs one: ANTHROPIC_API_KEY is not set, and anthropic/claude-opus-5-5 wants it.
      No language model is set up, and this needs one: compatible/x needs the address of its server, "baseUrl".
      No language model is set up, and this needs one: "mystery" names no provider that is known here."
    `)
  })
})

it('reads how long a provider asks to wait', () => {
  expect(readRetryAfter({ 'retry-after': '7' }, 0)).toBe(7_000)
  expect(readRetryAfter({ 'retry-after-ms': '250', 'retry-after': '7' }, 0)).toBe(250)
  expect(readRetryAfter({ 'retry-after': 'Thu, 01 Jan 1970 00:00:09 GMT' }, 4_000)).toBe(5_000)
  expect(readRetryAfter({}, 0)).toBeNull()
})
