import { expect, test } from 'vitest'
import type { Outcome } from '../../agent/loop/events.ts'
import type { Obligation } from '../../agent/obligations/obligation.ts'
import { renderOutcome } from './render-outcome.ts'

const obligation = (
  probe: string,
  state: Obligation['state'],
  detail = '',
  subjects = ['POST /refunds'],
): Obligation => ({
  probe,
  standard: 'integrity.acid',
  subjects,
  reasons: [],
  state,
  detail,
  unreached: [],
  findings: [],
  run: state === 'not-run' ? null : '20261123-3f2c',
})

const outcome: Outcome = {
  kind: 'refuted',
  exitCode: 1,
  reason: 'Not everything that the change has to hold is proven: 3 proven, 1 refuted, 1 not run.',
  obligations: [
    obligation('contract', 'proven'),
    obligation('access', 'proven'),
    obligation('sql-concatenation', 'proven', '1 proven', []),
    obligation('idempotency', 'not-run', 'not run for the tree as it is'),
    obligation('race', 'refuted', 'two customers were refunded the same order, in 3 of 3 interleavings'),
    obligation('slow-store', 'not-applicable'),
  ],
  weakened: [
    {
      file: 'test/refunds.test.ts',
      kind: 'test',
      how: 'a test was skipped',
      place: { file: 'test/refunds.test.ts', line: 12 },
    },
  ],
  spent: { turns: 14, input: 118_000, output: 6_400, dollars: 0.4321 },
  changed: ['migrations/004_refunds.sql', 'src/refunds.ts', 'src/app.ts'],
  session: '20261123-k3f9x',
  said: 'Refunds are in, and everything works.',
}

test('the verdict, what is open, what it cost and what comes next, at 80 columns', () => {
  const text = renderOutcome(outcome, { width: 80, isSaid: true })
  expect(text).toMatchInlineSnapshot(`
    "
      Refunds are in, and everything works.

      ✖ race                 POST /refunds: two customers were refunded the same
                             order, in 3 of 3 interleavings
      · idempotency          POST /refunds: not run for the tree as it is
      ✓ proven  contract, access, sql-concatenation
      weakened test/refunds.test.ts:12: a test was skipped

      REFUTED (exit 1): Not everything that the change has to hold is proven: 3
        proven, 1 refuted, 1 not run.
      changed  migrations/004_refunds.sql, src/refunds.ts, src/app.ts
      spent    14 turns · 124k tokens · $0.43
      report   plimsoll report 20261123-3f2c
      undo     plimsoll undo 20261123-k3f9x
      resume   plimsoll do --resume 20261123-k3f9x "…"
    "
  `)
  expect(Math.max(...text.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80)
})

test('nothing to prove, nothing changed: no table, nothing to undo', () => {
  const plain: Outcome = {
    ...outcome,
    ...{ kind: 'answered', exitCode: 0, reason: 'Nothing was changed that asks for a proof.' },
    ...{
      obligations: [],
      weakened: [],
      changed: [],
      spent: { turns: 1, input: 900, output: 40, dollars: null },
    },
  }
  expect(renderOutcome(plain, { width: 80, isSaid: false })).toMatchInlineSnapshot(`
    "
      ANSWERED (exit 0): Nothing was changed that asks for a proof.
      spent    1 turn · 940 tokens
      resume   plimsoll do --resume 20261123-k3f9x "…"
    "
  `)
})
