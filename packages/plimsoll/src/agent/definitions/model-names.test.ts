import { expect, test } from 'vitest'
import { resolveModelName } from './model-names.ts'

const TODAY = '2026-11-23'

test.each([
  ['anthropic/claude-opus-5-5', 'anthropic', 'claude-opus-5-5'],
  ['sonnet', 'anthropic', 'claude-sonnet-5-5'],
  ['opus[1m]', 'anthropic', 'claude-opus-5-5'],
  ['haiku', 'anthropic', 'claude-haiku-5-5'],
  ['Claude Sonnet 5.5 (copilot)', 'anthropic', 'claude-sonnet-5-5'],
  ['openai:gpt-5.6', 'openai', 'gpt-5.6'],
  ['gpt-5.6-sol', 'openai', 'gpt-5.6-sol'],
  ['gemini-3.8-flash', 'google', 'gemini-3.8-flash'],
  ['claude/claude-sonnet-5-5', 'anthropic', 'claude-sonnet-5-5'],
  ['compatible/qwen3-coder', 'compatible', 'qwen3-coder'],
  ['openrouter/anthropic/claude-sonnet-4', 'openrouter', 'anthropic/claude-sonnet-4'],
  ['ollama/llama4:70b', 'ollama', 'llama4:70b'],
  ['my-own-model', null, 'my-own-model'],
  ['inherit', null, null],
  ['fast', null, null],
  ['', null, null],
  [null, null, null],
])('%s', (reference, provider, model) => {
  expect(resolveModelName(reference, TODAY)).toEqual({ provider, model, warning: null })
})

test('one that was taken away is replaced, and it is said', () => {
  expect(resolveModelName('anthropic/claude-sonnet-4-20250514', TODAY)).toEqual({
    provider: 'anthropic',
    model: 'claude-sonnet-5-5',
    warning: 'claude-sonnet-4-20250514 was taken away on 2026-06-15; claude-sonnet-5-5 is used instead',
  })
})

test('one that will be stays until then', () => {
  expect(resolveModelName('claude-sonnet-4-5', TODAY)).toEqual({
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    warning: 'claude-sonnet-4-5 ends on 2026-11-30; its successor is claude-sonnet-5-5',
  })
  expect(resolveModelName('claude-sonnet-4-5', '2026-11-30').model).toBe('claude-sonnet-5-5')
})
