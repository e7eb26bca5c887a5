import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { Screen } from '../../../../../test/support/screen.ts'
import type { ProgressEvent } from '../../model/progress.ts'
import { createProgress } from './create-progress.ts'

const events: [number, ProgressEvent][] = [
  [400, { kind: 'survey', line: '14 routes · Fastify 5 · PostgreSQL through pg', durationMs: 400 }],
  [400, { kind: 'lab-doing', step: 'store', command: 'postgres (embedded)' }],
  [
    1_500,
    { kind: 'lab-step', step: 'store', command: 'postgres (embedded)', durationMs: 1_130, outcome: 'ok' },
  ],
  [3_500, { kind: 'lab-ready', line: 'PostgreSQL 18.4 (embedded) · app ready on :41873', durationMs: 3_100 }],
  [
    3_500,
    {
      kind: 'plan',
      probes: [
        { id: 'crash-on-store-loss', title: 'survives a database restart', seconds: 12 },
        { id: 'slow-store', title: 'stays up while the database is slow', seconds: 20 },
      ],
    },
  ],
  [3_500, { kind: 'probe-started', id: 'crash-on-store-loss', title: 'survives a database restart' }],
  [15_500, { kind: 'probe-confirming', id: 'crash-on-store-loss', done: 1, of: 3 }],
  [
    40_000,
    {
      kind: 'probe-finished',
      id: 'crash-on-store-loss',
      title: 'survives a database restart',
      outcome: 'ran',
      refuted: 1,
      proven: 2,
      inconclusive: 0,
      durationMs: 36_500,
    },
  ],
  [40_000, { kind: 'probe-started', id: 'slow-store', title: 'stays up while the database is slow' }],
  [45_000, { kind: 'note', text: 'the machine is busy: 41 % of the CPU went to others' }],
  [
    60_000,
    {
      kind: 'probe-finished',
      id: 'slow-store',
      title: 'stays up while the database is slow',
      outcome: 'errored',
      refuted: 0,
      proven: 0,
      inconclusive: 0,
      durationMs: 20_000,
    },
  ],
]

const play = (options: { isTTY: boolean; color?: boolean; untilMs?: number }) => {
  const { isTTY, color = false, untilMs = Number.POSITIVE_INFINITY } = options
  const screen = new Screen()
  const stream = { write: (text: string) => screen.write(text), columns: 80 }
  let now = 0
  let next = { atMs: Number.POSITIVE_INFINITY, tick: () => {} }
  const progress = createProgress({
    stream,
    isTTY,
    color,
    width: 80,
    nowMs: () => now,
    every: (intervalMs, tick) => {
      const again = () => {
        next = { atMs: now + intervalMs, tick: again }
        tick()
      }
      next = { atMs: intervalMs, tick: again }
      return () => {
        next = { atMs: Number.POSITIVE_INFINITY, tick: () => {} }
      }
    },
  })
  const wait = (atMs: number) => {
    while (next.atMs <= atMs) {
      now = next.atMs
      next.tick()
    }
    now = atMs
  }
  for (const [atMs, event] of events.filter(([atMs]) => atMs <= untilMs)) {
    wait(atMs)
    progress.on(event)
  }
  if (Number.isFinite(untilMs)) wait(untilMs)
  return { screen, progress }
}

test('without a terminal: a line for each step that ended, and a heartbeat in between', () => {
  const { screen, progress } = play({ isTTY: false })
  progress.done()
  expect(screen.written).not.toContain('\u001b')
  expect(screen.text()).toMatchInlineSnapshot(`
    "|  survey   14 routes · Fastify 5 · PostgreSQL through pg                  400 ms|
    |           store: postgres (embedded) · ok                                 1.1 s|
    |  lab      PostgreSQL 18.4 (embedded) · app ready on :41873                3.1 s|
    |  …        survives a database restart                                ~22 s left|
    |  …        survives a database restart · again, 2 of 3                ~36 s left|
    |  …        survives a database restart · again, 2 of 3                ~26 s left|
    |  prove      1/2  ✖ survives a database restart · 1 refuted, 2 proven       37 s|
    |  note     the machine is busy: 41 % of the CPU went to others|
    |  …        stays up while the database is slow                         ~5 s left|
    |  prove      2/2  ! stays up while the database is slow · errored           20 s|
    |"
  `)
})

test('on a terminal: what runs and how long is left, below everything said', () => {
  expect(play({ isTTY: true, untilMs: 300 }).screen.text()).toMatchInlineSnapshot(`
    "|  survey   …                                                                0 s|
    |"
  `)
  expect(play({ isTTY: true, untilMs: 8_000 }).screen.text()).toMatchInlineSnapshot(`
    "|  survey   14 routes · Fastify 5 · PostgreSQL through pg                  400 ms|
    |           store: postgres (embedded) · ok                                 1.1 s|
    |  lab      PostgreSQL 18.4 (embedded) · app ready on :41873                3.1 s|
    |  prove    0/2 ░░░░░░░░░░░░░░ survives a database restart            ~28 s left|
    |"
  `)
  expect(play({ isTTY: true, untilMs: 20_000 }).screen.text()).toMatchInlineSnapshot(`
    "|  survey   14 routes · Fastify 5 · PostgreSQL through pg                  400 ms|
    |           store: postgres (embedded) · ok                                 1.1 s|
    |  lab      PostgreSQL 18.4 (embedded) · app ready on :41873                3.1 s|
    |  prove    0/2 ░░░░░░░░░░░░░░ survives a database … · again, 2 of 3  ~40 s left|
    |"
  `)
})

test('on a terminal: the block leaves no trace, and the cursor comes back', () => {
  const { screen, progress } = play({ isTTY: true })
  progress.done()
  expect(screen.text()).toMatchInlineSnapshot(`
    "|  survey   14 routes · Fastify 5 · PostgreSQL through pg                  400 ms|
    |           store: postgres (embedded) · ok                                 1.1 s|
    |  lab      PostgreSQL 18.4 (embedded) · app ready on :41873                3.1 s|
    |  prove      1/2  ✖ survives a database restart · 1 refuted, 2 proven       37 s|
    |  note     the machine is busy: 41 % of the CPU went to others|
    |  prove      2/2  ! stays up while the database is slow · errored           20 s|
    |"
  `)
  expect(screen.cursorShown).toBe(true)
})

test('redraws only when something changed, at most ten times a second', () => {
  const { screen } = play({ isTTY: true, untilMs: 3_400 })
  expect(screen.writes).toBeLessThan(12)
})

test('colour changes no letter', () => {
  const plain = play({ isTTY: false }).screen
  const colored = play({ isTTY: false, color: true }).screen
  expect(colored.written).not.toBe(plain.written)
  expect(stripVTControlCharacters(colored.written)).toBe(plain.written)
})
