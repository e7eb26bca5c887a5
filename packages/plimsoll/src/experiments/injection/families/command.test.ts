import { expect, test } from 'vitest'
import { MARK, sighting } from '../../../../../../test/support/sighting.ts'
import { command } from './command.ts'

test('a file that only a shell can have made is a proof', () => {
  expect(command.weigh([sighting(), sighting({ files: [MARK] })])).toMatchObject({ severity: 'critical' })
})

test('an echo of the command, an error and no answer prove nothing', () => {
  const body = `sh: 1: touch /tmp/${MARK}: not found`
  expect(
    command.weigh([sighting({ answer: { body, status: 500 } }), sighting({ answer: { status: null } })]),
  ).toBeNull()
})
