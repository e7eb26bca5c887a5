import { CATEGORIES } from '../../../packages/plimsoll/src/model/priority.ts'
import { type ProbeRecord, Run } from '../../../packages/plimsoll/src/model/run.ts'
import type { Verdict } from '../../../packages/plimsoll/src/model/verdict.ts'
import { integrity } from './integrity.ts'
import { failedLab, lab } from './lab.ts'
import { api, operability, performance, quality } from './other.ts'
import { underLoad } from './performance.ts'
import { reliability } from './reliability.ts'
import { security } from './security.ts'
import { standards } from './standards.ts'
import { system } from './system.ts'

const INSPECTIONS = new Set(['secret-leak', 'repository'])

const count = (verdicts: readonly Verdict[], status: Verdict['status'], tiers?: readonly Verdict['tier'][]) =>
  verdicts.filter((it) => it.status === status && (tiers === undefined || tiers.includes(it.tier))).length

const talliesOf = (verdicts: readonly Verdict[]): Run['tallies'] =>
  CATEGORIES.map((category) => {
    const own = verdicts.filter(
      (it) => standards.find((standard) => standard.id === it.standard)?.category === category,
    )
    return {
      category,
      proven: count(own, 'proven'),
      refuted: count(own, 'refuted', ['defect']),
      inconclusive: count(own, 'inconclusive'),
      errored: count(own, 'errored'),
      suspicions: count(own, 'refuted', ['suspicion']),
    }
  }).filter((tally) => Object.values(tally).some((value) => typeof value === 'number' && value > 0))

const probesOf = (verdicts: readonly Verdict[]): ProbeRecord[] =>
  [...new Set(verdicts.map((it) => it.probe))].map((probe, index) => {
    const own = verdicts.find((it) => it.probe === probe)
    const errored = own?.status === 'errored'
    return {
      probe,
      kind: INSPECTIONS.has(probe) ? 'inspection' : 'experiment',
      standard: own?.standard ?? '',
      title: probe.replaceAll('-', ' '),
      outcome: errored ? 'errored' : 'ran',
      ...(errored ? { reason: own.detail } : {}),
      startedAtMs: 3_000 + index * 5_400,
      durationMs: 5_200,
      executions: [{ seed: 1 + index, seen: {} }],
    }
  })

type Parts = Partial<Omit<Run, 'verdicts'>> & { verdicts?: readonly Verdict[] }

/** A whole Run of a small booking service; every part can be replaced. Tallies and probes follow the verdicts. */
export const sampleRun = ({ verdicts = everyVerdict, ...parts }: Parts = {}): Run =>
  Run.parse({
    $schema: 'https://plimsoll.dev/schema/run-1.json',
    version: 1,
    id: '20261122-3f2c',
    startedAt: '2026-11-22T09:14:03.000Z',
    durationMs: 71_400,
    plimsoll: '0.1.0',
    machine: { cores: 2, memoryMb: 8_192, platform: 'linux x64', node: '20.20.2' },
    seed: 4_242,
    budgetSeconds: 90,
    failOn: 'low',
    strict: false,
    end: 'complete',
    target: 'examples/booking',
    system,
    standards,
    overrides: { 'performance.query': 0.01 },
    lab,
    probes: probesOf(verdicts),
    verdicts,
    tallies: talliesOf(verdicts),
    notCovered: ['power loss', 'TLS', 'more than one instance of the app'],
    exitCode: 1,
    ...parts,
  } satisfies Parts & { verdicts: readonly Verdict[] })

export const everyVerdict: readonly Verdict[] = [
  ...reliability,
  ...integrity,
  ...security,
  ...performance,
  ...underLoad,
  ...api,
  ...operability,
  ...quality,
]

const proved = everyVerdict.filter((it) => it.status === 'proven')

/** One Run for each way in which a proof can end. */
export const sampleRuns = {
  complete: () => sampleRun(),
  clean: () => sampleRun({ verdicts: proved, exitCode: 0, overrides: {} }),
  interrupted: () =>
    sampleRun({ verdicts: reliability.slice(0, 2), end: 'interrupted', exitCode: 130, durationMs: 22_000 }),
  budget: () => sampleRun({ verdicts: proved.slice(0, 3), end: 'budget', exitCode: 6, durationMs: 90_000 }),
  notReady: () =>
    sampleRun({
      verdicts: [],
      end: 'not-ready',
      exitCode: 3,
      durationMs: 7_900,
      lab: failedLab,
      notCovered: ['everything that needs a running app'],
      problem: {
        code: 'E_TARGET_NOT_READY',
        message:
          'The app did not become ready within 30 s: it exited with 1 after 0.6 s.\nError: JWT_SECRET is not set\n    at config (/app/dist/config.js:14:9)',
        hint: 'Give it a value: set "env.JWT_SECRET" in plimsoll.config.json.',
      },
    }),
} satisfies Record<string, () => Run>

/** Texts by `<family>/<id>`, as assets/explanations.json holds them. */
export const sampleExplanations: Record<string, string> = {
  'experiments/crash-on-store-loss':
    '# Crash on store loss\n\n## Why it matters\nA database restarts: for an update, a failover, or because it ran out of memory. The app must survive it.\n\n## How it is measured\n1. Requests go on at a steady pace.\n2. At 3 s every connection is cut and new ones are refused for 4 s.\n3. Then the store is back, and nobody touches the app.\n\n## How to fix\nListen to the pool:\n\n```js\npool.on("error", (error) => log.error(error))\n```\n\n## Limits\nOne instance. A *black hole* is another experiment, see `slow-store`.\n',
  'experiments/slow-store': '# Slow store\n\n## Why it matters\nSlow is worse than down: everybody waits.\n',
  'experiments/unrelated': '# Unrelated\n\nNot part of this Run.\n',
  'standards/reliability.fault-tolerance': '# Fault tolerance\n\nA fault costs bounded errors.\n',
}
