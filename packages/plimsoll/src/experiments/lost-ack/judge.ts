import type { Evidence } from '../../model/evidence.ts'
import type { Standard } from '../../model/standard.ts'
import { timelineOf } from '../../model/timeline.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Round, Seen, Write } from './seen.ts'
import { PARTS, type Part, subjectOf } from './subjects.ts'
import { explainStoreLoss, NEXT, OF, repairsFor, titleOf } from './words.ts'

const NOT_COVERED = ['power loss', 'loss of the disk']

export type Lost = { write: Write; round: Round }

const ROUNDS_OF: Record<Exclude<Part, 'half'>, readonly Round['id'][]> = {
  app: ['commit held, app killed', 'acknowledged, app killed', 'reply withheld, app killed'],
  commit: ['commit failed', 'commit held, store killed'],
  store: ['acknowledged, store killed'],
}

const chart = ({ writes, killedAtMs, id }: Round): Evidence => ({
  kind: 'timeline',
  title: id,
  timeline: timelineOf({
    exchanges: writes.map(({ exchange }) => exchange),
    bands: [],
    marks: killedAtMs === null ? [] : [{ atMs: killedAtMs, label: 'SIGKILL' }],
  }),
})

const placesOf = (seen: Seen, route: string) =>
  seen.followed.find((one) => one.route === route)?.places.join(', ') ?? 'the store'

const tablesOf = (seen: Seen, route: string) =>
  seen.followed.find((one) => one.route === route)?.places.map((place) => place.replace(/^table /, '')) ?? []

const name = ({ route, text, exchange }: Write) =>
  `${route}${text === null ? '' : ` with "${text}"`} answered ${exchange.status} at ${Math.round(exchange.atMs + exchange.durationMs)} ms`

const lossDetail = (seen: Seen, { write, round }: Lost, lost: number, acknowledged: number) => {
  const when = OF[round.id](write)
  return `${lost} of ${acknowledged}: ${name(write)}${when}; afterwards it is not in ${placesOf(seen, write.route)}, a later one is`
}

const settingsEvidence = (seen: Seen): Evidence[] => {
  const lines = [
    ...seen.promises.map((one) => `${one.name} = ${one.value} (${one.source})`),
    ...seen.weakened.map((sql) => `sent by the app: ${sql}`),
  ]
  return lines.length === 0 ? [] : [{ kind: 'text', title: 'What a commit promises', text: lines.join('\n') }]
}

const judgeLoss = (
  seen: Seen,
  part: Exclude<Part, 'half'>,
  lost: [Lost, ...Lost[]],
  of: number,
): Judgement => {
  const [first] = lost
  return refuted({
    subject: subjectOf(first.write.route, part),
    title:
      part === 'store' ? explainStoreLoss(seen, tablesOf(seen, first.write.route)) : titleOf(part, first),
    detail: lossDetail(seen, first, lost.length, of),
    severity: 'critical',
    repairs: repairsFor(part, first, seen),
    evidence: [
      { kind: 'exchange', title: 'The acknowledged write that is lost', exchange: first.write.exchange },
      ...(part === 'store' ? settingsEvidence(seen) : []),
      chart(first.round),
    ],
    figures: [
      {
        name: 'lost',
        value: lost.length,
        unit: 'count',
        n: of,
        method: 'acknowledged writes looked for afterwards',
      },
    ],
    notCovered: NOT_COVERED,
  })
}

const open = (route: string, part: Part, detail: string): Judgement =>
  inconclusive({
    subject: subjectOf(route, part),
    title: 'Acknowledged writes could not be followed',
    detail,
    notCovered: [`acknowledged writes of ${route} ${PARTS[part]}`],
  })

/** Why nothing can be said of these rounds; null when something can. */
const whyOpen = (part: Exclude<Part, 'half'>, rounds: readonly Round[], writes: readonly Lost[]) => {
  if (rounds.some(({ back }) => !back)) return 'the app did not serve again'
  if (writes.length === 0) return 'no such write came about'
  const looked = writes.filter(({ write }) => write.stored !== null)
  if (part !== 'commit' && !looked.some(({ write }) => write.acknowledged))
    return 'no write was acknowledged before the kill'
  return null
}

const judgePart = (seen: Seen, route: string, part: Exclude<Part, 'half'>): Judgement[] => {
  const played = seen.rounds.filter(({ id }) => ROUNDS_OF[part].includes(id))
  const rounds = played.filter(({ writes }) => writes.some((write) => write.route === route))
  if (played.length === 0) return []
  const writes = rounds.flatMap((round) =>
    round.writes.filter((write) => write.route === route).map((write) => ({ write, round })),
  )
  const acknowledged = writes.filter(({ write }) => write.acknowledged && write.stored !== null)
  const absent = acknowledged.filter(({ write }) => write.stored === 'absent')
  if (absent.length > 0 && seen.elsewhere.length > 0)
    return [
      open(
        route,
        part,
        `${absent.length} of ${acknowledged.length} are missing, and may wait in ${seen.elsewhere.join(', ')}`,
      ),
    ]
  const [first, ...more] = absent.filter(({ round }) => round.control[route] === true)
  if (first !== undefined) return [judgeLoss(seen, part, [first, ...more], acknowledged.length)]
  if (absent.length > 0)
    return [
      open(
        route,
        part,
        `${absent.length} of ${acknowledged.length} are missing, but so is a write made afterwards`,
      ),
    ]
  const why = whyOpen(part, rounds, writes)
  if (why !== null) return [open(route, part, why)]
  const kinds = rounds.map(({ id }) => NEXT[id]).join(', ')
  return [
    proven({
      subject: subjectOf(route, part),
      title:
        part === 'commit'
          ? 'A write whose commit fails is not acknowledged'
          : `What was acknowledged is still there ${PARTS[part]}`,
      detail:
        part === 'commit'
          ? `${writes.length} tried (${kinds}): ${acknowledged.length} acknowledged${acknowledged.length === 0 ? '' : ', each of them there'}`
          : `${acknowledged.length} of ${acknowledged.length} acknowledged writes found in ${placesOf(seen, route)} (${kinds})`,
      notCovered: NOT_COVERED,
    }),
  ]
}

/** A write of several transactions may stop between two of them: usually wrong, and sometimes meant so. */
const judgeHalf = (seen: Seen, route: string): Judgement[] => {
  for (const round of seen.rounds) {
    const write = round.writes.find((one) => one.route === route && one.stored === 'part')
    if (write === undefined) continue
    return [
      refuted({
        subject: subjectOf(route, 'half'),
        title: 'A write that is cut off stays half done',
        detail: `${route}${write.text === null ? '' : ` with "${write.text}"`}: ${round.id}; afterwards it is in ${Object.keys(write.places).join(', ')} only, where others are in ${placesOf(seen, route)}`,
        severity: 'medium',
        tier: 'suspicion',
        repairs: ['Write all tables of one operation in one transaction.'],
        evidence: [{ kind: 'exchange', title: 'The write that was cut off', exchange: write.exchange }],
        notCovered: NOT_COVERED,
      }),
    ]
  }
  return []
}

const openOnes = (seen: Seen): string[] => [
  ...(seen.ownServer ? [] : ['death of the database: its server is not the lab’s own to kill']),
  ...seen.promised.map((route) => `${route}: it answers 202, which promises nothing yet`),
]

export const judge = (seen: Seen, _standard: Standard): Judgement[] => {
  if (seen.followed.length === 0) {
    return [
      inconclusive({
        subject: 'acknowledged writes',
        title: 'Acknowledged writes could not be followed',
        detail: seen.reason,
        notCovered: ['acknowledged writes when the app or the database is killed', ...openOnes(seen)],
      }),
    ]
  }
  const judged = seen.followed.flatMap(({ route }) => {
    const app = judgePart(seen, route, 'app')
    const others = [...judgePart(seen, route, 'commit'), ...judgePart(seen, route, 'store')]
    // Acknowledged before the store had it: the other rounds were not played with it.
    const refuted = app.some(({ status }) => status === 'refuted')
    const told = refuted ? others.filter(({ status }) => status === 'refuted') : others
    return [...app, ...told, ...judgeHalf(seen, route)]
  })
  const more = openOnes(seen)
  return judged.map((one, index) =>
    index === 0 ? { ...one, notCovered: [...one.notCovered, ...more] } : one,
  )
}
