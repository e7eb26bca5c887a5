import { describe, expect, it } from 'vitest'
import type { Ledger, Obligation } from '../obligations/obligation.ts'
import { outcomeOf } from './outcome.ts'
import { openPursuit } from './until-proven.ts'

const due = (state: Obligation['state'], findings: string[] = []): Obligation => ({
  ...{ probe: 'race', standard: 'integrity.acid', subjects: ['POST /a'], reasons: [], state, detail: '' },
  ...{ findings, unreached: [], run: null },
})
const ledger = (tree: string, ...obligations: Obligation[]): Ledger => ({
  ...{ tree, obligations, weakened: [], apart: [], problem: null },
})
const kindsOf = (ledgers: readonly Ledger[]) => {
  const next = openPursuit()
  return ledgers.map((one) => next(one).kind)
}
const refuted = (tree: string) => ledger(tree, due('refuted', ['r1']))
const open = (tree: string) => ledger(tree, due('not-run'))

describe('a model that stopped', () => {
  it('is told what is refuted, until it has said the same three times about the same work', () => {
    expect(kindsOf(['a', 'a', 'a'].map(refuted))).toEqual(['feed', 'feed', 'stuck'])
  })
  it('has more patience where the work changes, and not without end', () => {
    expect(kindsOf(['a', 'b', 'c', 'd', 'e', 'f'].map(refuted))).toEqual([...Array(5).fill('feed'), 'stuck'])
  })
  it('is over as soon as everything is proven', () => {
    expect(kindsOf([refuted('a'), ledger('b', due('proven'))])).toEqual(['feed', 'end'])
  })
  it('is told once of what has no answer, and again after a change', () => {
    expect(kindsOf([open('a'), open('a')])).toEqual(['feed', 'end'])
    expect(kindsOf([open('a'), open('b'), open('c')])).toEqual(['feed', 'feed', 'end'])
  })
})

describe('the exit code', () => {
  const facts = {
    spent: { turns: 1, input: 1, output: 1, dollars: 0 },
    changed: [],
    objection: null,
    session: 's',
    said: 'done!',
  }
  const ended = (kind: 'settled' | 'stuck' | 'budget' | 'failed' | 'interrupted', of: Ledger) =>
    outcomeOf(kind === 'settled' ? { kind } : { kind, reason: 'Why' }, { ...facts, ledger: of })
  it.each([
    ['settled', ledger('a', due('proven')), 'proven', 0],
    ['settled', ledger('a'), 'answered', 0],
    ['settled', open('a'), 'unproven', 4],
    ['settled', refuted('a'), 'refuted', 1],
    ['stuck', refuted('a'), 'stuck', 1],
    ['stuck', open('a'), 'stuck', 4],
    ['stuck', ledger('a', due('proven')), 'stuck', 4],
    ['budget', ledger('a', due('proven')), 'budget', 6],
    ['failed', refuted('a'), 'failed', 5],
    ['interrupted', ledger('a'), 'interrupted', 130],
  ] as const)('of %s with %o is %s, %i', (kind, of, expected, exitCode) => {
    expect(ended(kind, of)).toMatchObject({ kind: expected, exitCode })
  })
})
