import { describe, expect, test } from 'vitest'
import { parseCookies } from './parse.ts'

const TOKEN = 's%3AdQ8x2LrTf0aVbW9uKzJm4Y7pEh.c1N3'

describe('attributes', () => {
  test.each([
    [
      `sid=${TOKEN}; Path=/; HttpOnly; Secure; SameSite=Strict`,
      { httpOnly: true, secure: true, sameSite: 'Strict' },
    ],
    [`sid=${TOKEN};httponly;SECURE;samesite=lax`, { httpOnly: true, secure: true, sameSite: 'lax' }],
    [`sid=${TOKEN}`, { httpOnly: false, secure: false, sameSite: null }],
    [`sid=${TOKEN}; Domain=httponly.example`, { httpOnly: false }],
  ])('%s', (header, expected) => {
    expect(parseCookies(header)).toEqual([expect.objectContaining({ name: 'sid', ...expected })])
  })
})

describe('several cookies in one header', () => {
  test.each([
    ['a=1; Path=/, b=2; HttpOnly', ['a', 'b']],
    ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT, b=2', ['a', 'b']],
    ['a=1\nb=2', ['a', 'b']],
    ['connect.sid=x; Path=/', ['connect.sid']],
    ['', []],
  ])('%j', (header, names) => {
    expect(parseCookies(header).map(({ name }) => name)).toEqual(names)
  })
})

describe('clearing', () => {
  test.each([
    ['sid=; Path=/', true],
    ['sid=x; Max-Age=0', true],
    ['sid=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT', true],
    ['sid=x; Expires=Wed, 21 Oct 2037 07:28:00 GMT', false],
    ['sid=x; Max-Age=3600', false],
  ])('%s', (header, cleared) => {
    expect(parseCookies(header)[0]?.cleared).toBe(cleared)
  })
})

describe('what looks like a credential', () => {
  test.each([
    [`sid=${TOKEN}`, true],
    ['sid=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.4fGq', true],
    ['theme=dark', false],
    ['seen=aaaaaaaaaaaaaaaaaaaaaaaa', false],
    ['sid=100%', false],
  ])('%s', (header, opaque) => {
    expect(parseCookies(header)[0]?.opaque).toBe(opaque)
  })

  test('the value itself is not kept', () => {
    expect(JSON.stringify(parseCookies(`sid=${TOKEN}`))).not.toContain('dQ8x2')
  })
})
