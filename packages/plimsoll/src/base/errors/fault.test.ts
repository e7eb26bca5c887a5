import { expect, test } from 'vitest'
import { asFault, Fault, fault } from './fault.ts'
import { ERRORS, EXIT, KINDS } from './table.ts'

test('a fault says what and where, how to mend it, and how to end', () => {
  const cause = new Error('ENOENT')
  const failure = fault('E_CONFIG_UNREADABLE', { file: 'plimsoll.config.ts', problem: 'line 3' }, { cause })
  expect(failure).toMatchObject({
    name: 'Fault',
    code: 'E_CONFIG_UNREADABLE',
    kind: 'usage',
    exitCode: 2,
    message: 'plimsoll.config.ts could not be read: line 3',
    hint: 'Mend the file, or remove it; plimsoll runs without one.',
    cause,
  })
})

test('a detail that nobody gave stays visible, and a zero is given', () => {
  expect(fault('E_NOT_A_FOLDER').message).toBe('{dir} is not a folder that can be read.')
  expect(fault('E_TARGET_NOT_READY', { seconds: 0, reason: 'x', tail: '' }).message).toContain('within 0 s')
})

test('braces for the user to copy stay', () => {
  const { hint } = fault('E_STORE_HARD_CODED', { store: 'postgres', address: 'x', place: 'y' })
  expect(hint).toContain('"{{postgres.url}}"')
})

test('whatever is thrown becomes one shape', () => {
  const own = fault('E_NO_RUN', { dir: '.' })
  expect(asFault(own)).toBe(own)
  expect(asFault(new TypeError('x is undefined'))).toMatchObject({
    code: 'E_BUG',
    exitCode: 70,
    message: 'Plimsoll broke: x is undefined',
  })
  expect(asFault('text')).toBeInstanceOf(Fault)
  expect(asFault(undefined).message).toBe('Plimsoll broke: undefined')
})

test('a finding and a failure never share an exit code', () => {
  const failures = Object.values(KINDS).map(({ exit }) => exit)
  const endings = [EXIT.proven, EXIT.findings, EXIT.inconclusive, EXIT.interrupted, EXIT.terminated]
  expect(new Set([...failures, ...endings]).size).toBe(failures.length + endings.length)
})

test('every row belongs to a kind', () => {
  for (const row of Object.values(ERRORS)) expect(Object.keys(KINDS)).toContain(row.kind)
})
