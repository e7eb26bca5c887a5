import { expect, it } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import type { Outbound } from '../outbound.ts'
import { LabRecord } from '../run.ts'
import { spellRefused, tellOutbound } from './outbound.ts'

const asked = (host: string, port: number | null, more: Partial<Outbound> = {}): Outbound => ({
  ...{ kind: 'tcp', host, port, outcome: 'refused', times: 1, during: [], ...more },
})

const outbound = [
  asked('mail.example.com', 25, { outcome: 'passed', times: 2 }),
  asked('api.stripe.com', 443, { kind: 'name', during: ['POST /orders'] }),
  asked('api.stripe.com', 443, { times: 1_204, during: ['POST /orders', 'start'] }),
  asked('hooks.example.com', 443, { times: 9 }),
  asked('192.0.2.1', 8125, { kind: 'udp' }),
  asked('2001:db8::1', 80),
  asked('/run/mysqld/mysqld.sock', null, { kind: 'unix' }),
]

it('says what was asked for, how often, during what, and how to let it pass', () => {
  const run = sampleRun()
  expect(tellOutbound({ lab: { ...run.lab, outbound } })).toMatchInlineSnapshot(`
    [
      "api.stripe.com:443 was asked for 1,205 times and refused (POST /orders, start); declare it under outbound to let it pass",
      "192.0.2.1:8125 (UDP) was asked for once and refused; declare it under outbound to let it pass",
      "[2001:db8::1]:80 was asked for once and refused; declare it under outbound to let it pass",
      "/run/mysqld/mysqld.sock was asked for once and refused; declare it under outbound to let it pass",
      "hooks.example.com:443 was asked for 9 times and refused; the name is reserved for examples",
      "mail.example.com:25 is outside the lab, is declared and was reached 2 times",
    ]
  `)
  expect(tellOutbound(run)).toEqual([])
})

it('spells addresses as the configuration takes them', () => {
  expect(spellRefused(outbound)).toEqual([
    'api.stripe.com:443',
    'hooks.example.com:443',
    '192.0.2.1:8125',
    '[2001:db8::1]:80',
    '/run/mysqld/mysqld.sock',
  ])
})

it('reads Runs from before this was kept', () => {
  const { outbound: _, ...before } = sampleRun().lab
  expect(LabRecord.parse(before).outbound).toEqual([])
})
