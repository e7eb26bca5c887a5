import { formatDuration, formatNumber } from '../../base/text/numbers.ts'
import type { Evidence } from '../../model/evidence.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { BodySeen, Cost, Seen } from './seen.ts'
import { waySubject } from './subjects.ts'

const MEGABYTE = 1_048_576
const LONG_WAIT_MS = 1_000

const megabytes = (bytes: number) => bytes / MEGABYTE

const grewMb = (cost: Cost | null): number | null =>
  cost === null || cost.memoryBeforeMb === null || cost.memoryPeakMb === null
    ? null
    : Math.max(0, cost.memoryPeakMb - cost.memoryBeforeMb)

const operationsOf = (bodies: readonly BodySeen[]) => bodies.map(({ operation }) => operation).join(', ')

const size = (bytes: number) =>
  bytes < MEGABYTE
    ? `${formatNumber(Math.round(bytes / 1_024))} kB`
    : `${formatNumber(Math.round(megabytes(bytes)))} MB`

const tell = ({ sentBytes, unpackedBytes, cost, big }: BodySeen): string => {
  const grew = grewMb(cost)
  const sent =
    unpackedBytes === sentBytes ? size(sentBytes) : `${size(sentBytes)} that unpack to ${size(unpackedBytes)}`
  return [
    sent,
    cost?.exited ? 'the process ended' : `answered ${big?.status ?? big?.error ?? 'nothing'}`,
    ...(grew === null ? [] : [`memory grew by ${formatNumber(Math.round(grew))} MB`]),
    ...(cost === null ? [] : [`another request waited ${formatDuration(cost.waitedMs)}`]),
  ].join(', ')
}

const evidenceOf = ({ big, control, cost }: BodySeen): Evidence[] => [
  ...(big === null
    ? []
    : [
        {
          kind: 'exchange' as const,
          title: 'The request',
          exchange: { ...big, requestBody: `${(big.requestBody ?? '').slice(0, 80)} …` },
        },
      ]),
  ...(control === null
    ? []
    : [
        {
          kind: 'text' as const,
          title: 'As many bytes that stay so many',
          text: `memory grew by ${formatNumber(Math.round(grewMb(control) ?? 0))} MB instead of ${formatNumber(Math.round(grewMb(cost) ?? 0))} MB`,
        },
      ]),
]

/** Memory follows what the body unpacks to, and not what was sent. */
const isBomb = ({ cost, control, unpackedBytes }: BodySeen): boolean => {
  const [grew, usual] = [grewMb(cost), grewMb(control)]
  if (cost?.exited === true) return control?.exited === false
  return grew !== null && usual !== null && grew - usual >= 0.4 * megabytes(unpackedBytes)
}

const judgeCompressed = (bodies: readonly BodySeen[]): Judgement => {
  const subject = waySubject('compressed')
  const bombs = bodies.filter(isBomb)
  const [first] = bombs
  if (first !== undefined)
    return refuted({
      subject,
      title: 'A small compressed body fills the memory',
      detail: `${operationsOf(bombs)}: ${tell(first)}`,
      severity: first.cost?.exited ? 'critical' : 'high',
      cwe: 409,
      repairs: [
        'Count the bytes while they are unpacked, and answer 413 as soon as there are too many (maxOutputLength of node:zlib).',
        'Or refuse compressed bodies with 415: few clients send any.',
      ],
      evidence: evidenceOf(first),
    })
  const taking = bodies.filter(({ big }) => big !== null)
  if (taking.some(({ cost }) => grewMb(cost) === null && cost?.exited !== true))
    return inconclusive({
      subject,
      title: 'What a compressed body costs could not be seen',
      detail: 'the system does not tell the memory of a process',
    })
  const detail =
    taking.length === 0
      ? `refused, or not read as such: ${operationsOf(bodies)}`
      : `bounded while they are unpacked: ${operationsOf(taking)}`
  return proven({ subject, title: 'Compressed bodies cost what they weigh', detail })
}

const TIMES = 5

/** The process ended, others waited because it worked, or memory grew to a multiple. */
const isHarm = ({ cost, sentBytes }: BodySeen): boolean => {
  if (cost === null) return false
  const worked = cost.cpuMs === null || cost.cpuMs >= 0.5 * cost.waitedMs
  return (
    cost.exited ||
    (cost.waitedMs >= LONG_WAIT_MS && worked) ||
    (grewMb(cost) ?? 0) > TIMES * megabytes(sentBytes)
  )
}

const isTaken = ({ big }: BodySeen) => big?.status != null && big.status >= 200 && big.status < 300

const LIMIT =
  'Set a limit for bodies, as small as the largest proper one: 100 kB is usual; answer 413 above it.'

const judgeLarge = (bodies: readonly BodySeen[]): Judgement => {
  const subject = waySubject('large')
  const harmful = bodies.filter(isHarm)
  const taken = bodies.filter(isTaken)
  const [first] = harmful.length > 0 ? harmful : taken
  if (first !== undefined) {
    const severity = first.cost?.exited ? 'critical' : harmful.length > 0 ? 'high' : 'low'
    return refuted({
      subject,
      title:
        harmful.length > 0
          ? 'One large body stops the service for everybody'
          : 'Bodies have no limit that was found',
      detail: `${operationsOf(harmful.length > 0 ? harmful : taken)}: ${tell(first)}`,
      severity,
      tier: harmful.length > 0 ? 'defect' : 'advice',
      cwe: 770,
      repairs: [LIMIT],
      evidence: evidenceOf(first),
    })
  }
  return proven({ subject, title: 'Large bodies are refused', detail: operationsOf(bodies) })
}

export const judgeBodies = ({ bodies }: Seen): Judgement[] => {
  const compressed = bodies.filter(({ way }) => way === 'compressed')
  const large = bodies.filter(({ way }) => way === 'large')
  return [
    ...(compressed.length > 0 ? [judgeCompressed(compressed)] : []),
    ...(large.length > 0 ? [judgeLarge(large)] : []),
  ]
}
