import { expect, test } from 'vitest'
import { MARK, sighting } from '../../../../../../test/support/sighting.ts'
import { path } from './path.ts'

test('the text of the file in the answer is a proof, and so is a file that appeared', () => {
  expect(path.weigh([sighting({ shown: ['file'] }), sighting({ role: 'control' })])?.says).toContain('text')
  expect(path.weigh([sighting(), sighting({ role: 'write', files: [`${MARK}.json`] })])?.says).toContain(
    'written',
  )
})

test('an echo of the path proves nothing, and neither does an answer that holds the text anyway', () => {
  expect(
    path.weigh([sighting({ sent: '../../canary', answer: { body: '../../canary: not found' } })]),
  ).toBeNull()
  expect(
    path.weigh([sighting({ shown: ['file'] }), sighting({ role: 'control', shown: ['file'] })]),
  ).toBeNull()
})
