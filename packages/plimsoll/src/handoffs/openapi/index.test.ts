import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { handoffInput } from '../../../../../test/support/handoff-input.ts'
import openapi from './index.ts'

test('the document is OpenAPI 3.1, and errors are told with their source', () => {
  const [document, errors] = openapi.make(handoffInput())
  expect(parse(document?.text ?? '')).toMatchObject({
    openapi: expect.stringMatching(/^3\.1/),
    paths: expect.anything(),
  })
  expect(errors?.text).toContain('Made by Plimsoll from Run 20261122-3f2c')
  expect(openapi.make(handoffInput(false))[1]?.text).toContain('Nothing was proved yet')
})
