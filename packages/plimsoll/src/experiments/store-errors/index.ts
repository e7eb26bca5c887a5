import { tellingLines } from '../../base/text/telling-lines.ts'
import type { Lab } from '../../lab/lab.ts'
import { defineExperiment } from '../define.ts'
import { type Chosen, choose } from './choose.ts'
import { drain } from './drain.ts'
import { exhaust } from './exhaust.ts'
import { DRAIN_READ, DRAIN_WRITE, READ_FAULTS, WRITE_FAULTS } from './faults.ts'
import { judge } from './judge.ts'
import { Seen } from './seen.ts'
import { strike } from './strike.ts'
import { partsOf } from './subjects.ts'

/** Each hang costs its whole patience: a few are enough to see. */
const MOST_HANGS = 2

type Collected = Pick<Seen, 'hits' | 'drains'>

const strikeAll = async ({ bench, reads, writes }: Chosen, seen: Collected) => {
  const pairs = [
    ...writes.flatMap((subject) => WRITE_FAULTS.map((fault) => ({ subject, fault }))),
    ...reads.flatMap((subject) => READ_FAULTS.map((fault) => ({ subject, fault }))),
  ]
  for (const { subject, fault } of pairs) {
    const hangs = seen.hits.filter(({ exchange, stormed }) => stormed || exchange.error === 'timeout').length
    if (bench.signal.aborted || hangs >= MOST_HANGS) return
    const hit = await strike(bench, subject, fault)
    if (hit !== null) seen.hits.push(hit)
  }
}

const drainAll = async ({ bench, reads, writes }: Chosen, seen: Collected) => {
  for (const subject of [...writes, ...reads]) {
    const isHung = (route: string) =>
      seen.hits.some((hit) => hit.route === route && (hit.stormed || hit.exchange.error === 'timeout'))
    const isDrained = seen.drains.some(({ recoveredMs }) => recoveredMs === null)
    if (bench.signal.aborted || isDrained) return
    if (isHung(subject.route)) continue
    const drained = await drain(bench, subject, subject.isWrite ? DRAIN_WRITE : DRAIN_READ)
    if (drained !== null) seen.drains.push(drained)
  }
}

const observe = async (lab: Lab, chosen: Chosen, focus: readonly string[] | undefined): Promise<Seen> => {
  const { bench, reads, untried } = chosen
  const [read] = reads
  const fromMs = lab.nowMs()
  const seen: Seen = {
    store: bench.wire.store,
    hits: [],
    drains: [],
    exhaustion: null,
    untried,
    lastLines: [],
  }
  const parts = partsOf(focus)
  if (parts.hits) await strikeAll(chosen, seen)
  if (parts.drains) await drainAll(chosen, seen)
  if (parts.exhaustion && read !== undefined && !bench.signal.aborted)
    seen.exhaustion = await exhaust(bench, read)
  seen.lastLines = tellingLines(lab.target.logs(fromMs).map(({ text }) => text))
  return seen
}

/** **Contract:** one request meets one error at a time; the wire is healed and the contents put back before the next. */
export default defineExperiment<Seen>({
  id: 'store-errors',
  title: 'answers errors of the database, and gives back what it held',
  standard: 'reliability.fault-tolerance',
  needs: ['wire', 'http'],
  answersFor: ['start-up', 'every-request'],
  effect: 'faults',
  cost: { seconds: 20 },
  observes: Seen,
  async run(lab, { signal, focus }) {
    const wire = lab.store?.wire
    if (wire === undefined) throw new Error('needs a wire')
    const chosen = await choose(lab, wire, signal)
    try {
      return await observe(lab, chosen, focus)
    } finally {
      wire.heal()
      await chosen.close()
    }
  },
  judge,
})
