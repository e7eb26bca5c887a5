import ts from 'typescript'
import { expect, test } from 'vitest'
import { handoffInput } from '../../../../../test/support/handoff-input.ts'
import type { JsonSchema } from '../../contract/api.ts'
import client from './index.ts'
import { typeOf } from './type-of.ts'

const problemsOf = (text: string) => {
  const file = 'client.ts'
  const host = ts.createCompilerHost({})
  const own = {
    ...host,
    getSourceFile: (name: string, target: ts.ScriptTarget) =>
      name === file ? ts.createSourceFile(file, text, target) : host.getSourceFile(name, target),
  }
  const options = {
    strict: true,
    types: [],
    skipLibCheck: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  }
  const program = ts.createProgram([file], options, own)
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

test('the client has a function for each operation, and its types hold', () => {
  const [{ text = '' } = {}] = client.make(handoffInput())
  expect(text).toContain('export const createClient')
  expect(text.match(/^ +\/\*\* (?:GET|POST|DELETE) /gm)).toHaveLength(
    handoffInput().api?.operations.length ?? 0,
  )
  expect(problemsOf(text)).toEqual([])
})

test('schemas become types that take all of what they take', () => {
  const cases: [JsonSchema, string][] = [
    [true, 'unknown'],
    [{ type: ['string', 'null'] }, '(string | null)'],
    [{ enum: ['a', 1] }, '("a" | 1)'],
    [{ type: 'array', items: { $ref: '#/$defs/line item' } }, 'Array<LineItem>'],
    [
      { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, 'a-b': {} } },
      '{ id: number; "a-b"?: unknown }',
    ],
    [
      { allOf: [{ $ref: '#/$defs/A' }, { type: 'object', properties: { b: { const: 2 } } }] },
      '(A & { b?: 2 })',
    ],
    [{ type: 'object', additionalProperties: { type: 'boolean' } }, 'Record<string, boolean>'],
  ]
  for (const [schema, type] of cases) expect(typeOf(schema)).toBe(type)
})
