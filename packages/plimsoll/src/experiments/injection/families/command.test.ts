import { expect, test } from 'vitest'
import { MARK, sighting } from '../../../../../../test/support/sighting.ts'
import { command } from './command.ts'
import { deserialise } from './deserialise.ts'

test.each([command, deserialise])(
  'a file that only what was sent can have made is a proof: $id',
  (family) => {
    expect(family.weigh([sighting(), sighting({ files: [MARK] })])).toMatchObject({ severity: 'critical' })
    expect(family.weigh([sighting()])).toBeNull()
  },
)

test('an echo of the command, an error and no answer prove nothing', () => {
  const body = `sh: 1: touch /tmp/${MARK}: not found`
  expect(
    command.weigh([sighting({ answer: { body, status: 500 } }), sighting({ answer: { status: null } })]),
  ).toBeNull()
})
