import { expect, test } from 'vitest'
import { MARK, sighting } from '../../../../../../test/support/sighting.ts'
import { script } from './script.ts'

const element = `<svg onload=${MARK}()>`
const html = (body: string, more: Record<string, string> = {}) => ({
  body,
  headers: { 'content-type': 'text/html; charset=utf-8', ...more },
})

test('our element in a page is a proof; stored for others it is worse', () => {
  const answer = html(`<p>No result for ${element}</p>`)
  expect(script.weigh([sighting({ answer })])).toMatchObject({ severity: 'medium' })
  expect(script.weigh([sighting(), sighting({ role: 'page', answer })])).toMatchObject({ severity: 'high' })
})

test('a policy that keeps scripts from running makes it a small matter', () => {
  const answer = html(element, { 'content-security-policy': "default-src 'self'" })
  expect(script.weigh([sighting({ answer })])).toMatchObject({ severity: 'low' })
})

test.each([
  ['escaped', html(`<p>&lt;svg onload=${MARK}()&gt;</p>`)],
  ['in an attribute', html(`<input value="${element}">`)],
  ['in JSON', { body: JSON.stringify({ term: element }) }],
  ['in plain text', { body: element, headers: { 'content-type': 'text/plain' } }],
])('what no browser runs proves nothing: %s', (_, answer) => {
  expect(script.weigh([sighting({ answer })])).toBeNull()
})
