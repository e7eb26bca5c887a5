import { formatCount } from '../../base/text/numbers.ts'
import { turnsAway } from '../../lab/traffic/recover.ts'
import type { Evidence } from '../../model/evidence.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Drain, Hit, Seen } from './seen.ts'
import { SUBJECTS, subjectOf } from './subjects.ts'
import { faultsOf, routesOf, seconds, showHit, tellHit } from './tell.ts'

/** Tries of one request that are more than patience. */
const MOST_TRIES = 10

const isLostConnection = ({ fault }: Hit) => /shutdown|connection/.test(fault)

export const judgeProcess = (seen: Seen): Judgement[] => {
  const dead = seen.hits.filter(({ exited }) => exited)
  const [first] = dead
  if (first === undefined) return []
  return [
    refuted({
      subject: subjectOf(seen.store, SUBJECTS.process),
      title: dead.every(isLostConnection)
        ? 'A connection lost in the middle of a request ends the process'
        : 'An error of the database ends the process',
      detail: `${faultsOf(dead)} during ${routesOf(dead)}: the process exited`,
      severity: 'critical',
      repairs: [
        'Listen for errors of every connection, taken out of the pool or idle: in node-postgres pool.on("error", …) and pool.on("connect", (client) => client.on("error", …)).',
        'Catch errors of statements in the request, and answer 503.',
      ],
      evidence: [...showHit(first), { kind: 'log', title: 'What the process said', lines: seen.lastLines }],
    }),
  ]
}

/** What became of the same failing request, sent again and again. */
const tellDrain = ({ sent, blockedAfter, limitMs }: Drain): string =>
  blockedAfter === null
    ? `after ${sent} failures it no longer works, ${seconds(limitMs)} later neither`
    : `after ${blockedAfter} failures no request reaches the database, ${seconds(limitMs)} later neither`

const isLost = ({ recoveredMs, lastAnswer }: Pick<Drain, 'recoveredMs' | 'lastAnswer'>) =>
  recoveredMs === null && !(lastAnswer !== null && turnsAway(lastAnswer))

const openAfter = ({ hits }: Seen) => hits.filter(({ open }) => open.length > 0)

export const judgeTransactions = (seen: Seen): Judgement[] => {
  const subject = subjectOf(seen.store, SUBJECTS.transactions)
  const left = openAfter(seen)
  const [first] = left
  if (first !== undefined) {
    const [open] = first.open
    const others = left.filter(({ route }) => route !== first.route)
    const lost = seen.drains.find((one) => isLost(one) && one.open > 0)
    const detail = [
      `${tellHit(first)}; ${seconds(open?.ms ?? 0)} later its connection still stands in a ${open?.transaction === 'E' ? 'failed ' : ''}transaction, with all its locks`,
      ...(others.length === 0 ? [] : [`also ${routesOf(others)}`]),
      ...(lost === undefined ? [] : [tellDrain(lost)]),
    ].join(' · ')
    return [
      refuted({
        subject,
        title: 'An error leaves a transaction open',
        detail,
        severity: 'critical',
        repairs: [
          'Roll back in catch and give the connection back in finally, on every way out of the transaction.',
          'Use the transaction function of the library (sequelize.transaction, knex.transaction, $transaction), which does both.',
        ],
        evidence: showHit(first),
      }),
    ]
  }
  if (seen.hits.length === 0) return []
  const writes = seen.hits.filter(({ isWrite }) => isWrite)
  const detail = `${seen.hits.length} errors given to ${routesOf(seen.hits)}; every connection was idle, or closed, after the answer`
  const notCovered = writes.length === 0 ? ['transactions of operations that write'] : []
  return [proven({ subject, title: 'Errors leave no transaction open', detail, notCovered })]
}

const exchangesOf = ({ blocked, lastAnswer }: Drain): Evidence[] => [
  ...(blocked === null
    ? []
    : [
        {
          kind: 'exchange' as const,
          title: 'The first request that did not reach the database',
          exchange: blocked,
        },
      ]),
  ...(lastAnswer === null
    ? []
    : [{ kind: 'exchange' as const, title: 'After the errors had ended', exchange: lastAnswer }]),
]

export const judgeDrains = (seen: Seen): Judgement[] => {
  const subject = subjectOf(seen.store, SUBJECTS.connections)
  const [first] = seen.drains.filter(isLost)
  if (first !== undefined) {
    // One cause, one finding: the open transaction is what holds the connection.
    if (first.open > 0 && openAfter(seen).length > 0) return []
    return [
      refuted({
        subject,
        title: 'Errors use up the connections, until nothing is served',
        detail: `${first.route}, ${first.fault}: ${tellDrain(first)}`,
        severity: 'critical',
        repairs: [
          'Give the connection back in finally: client.release() on every way out, after a ROLLBACK where a transaction was begun.',
        ],
        evidence: exchangesOf(first),
      }),
    ]
  }
  const told = seen.drains.filter(({ recoveredMs }) => recoveredMs !== null)
  if (told.length === 0) return []
  const detail = told.map(({ route, sent }) => `${route} failed ${sent} times in a row`).join(', ')
  return [
    proven({
      subject,
      title: 'Errors cost no connection',
      detail: `${detail}, and worked again when the errors had ended`,
      notCovered: [
        `a pool of more than ${Math.max(...told.map(({ sent }) => sent))} connections that loses them`,
      ],
    }),
  ]
}

const isStorm = ({ tries, stormed }: Hit) => stormed || tries > MOST_TRIES

export const judgeTries = (seen: Seen): Judgement[] => {
  const subject = subjectOf(seen.store, SUBJECTS.retries)
  const lasting = seen.hits.filter(({ lasts }) => lasts)
  const [worst] = lasting.filter(isStorm).sort((a, b) => b.tries - a.tries)
  if (worst !== undefined) {
    const routes = routesOf(lasting.filter(isStorm))
    return [
      refuted({
        subject,
        title: 'One request is tried again and again while the database fails',
        detail: `${routes}: ${formatCount(worst.tries, 'try', 'tries')} in ${seconds(worst.exchange.durationMs)} during a ${worst.fault}${worst.stormed ? ', without an end' : ''}; at most ${MOST_TRIES} are patience`,
        severity: 'high',
        repairs: [
          'Bound the tries (3 to 5), wait longer before each with some chance in it, and answer 503 when they are used up.',
          'Try again only after 40001 and 40P01, and the whole transaction, not the statement.',
        ],
        evidence: showHit(worst),
      }),
    ]
  }
  if (lasting.length === 0) return []
  const most = Math.max(...lasting.map(({ tries }) => tries))
  const detail = `at most ${most} for one request, ${lasting.length} errors that lasted given to ${routesOf(lasting)}`
  return [proven({ subject, title: 'A request is tried a bounded number of times', detail })]
}

export const judgeRecovery = (seen: Seen): Judgement[] => {
  const subject = subjectOf(seen.store, SUBJECTS.recovery)
  const asked = seen.hits.filter(({ exited, open }) => !exited && open.length === 0)
  const [first] = asked.filter(isLost)
  if (first !== undefined) {
    return [
      refuted({
        subject,
        title: 'It does not recover from an error of the database',
        detail: `${tellHit(first)}; afterwards the same request still failed`,
        severity: 'critical',
        repairs: ['Take a connection that broke out of the pool, and open a new one for the next request.'],
        evidence: [
          ...showHit(first),
          ...(first.lastAnswer === null
            ? []
            : [{ kind: 'exchange' as const, title: 'Afterwards', exchange: first.lastAnswer }]),
        ],
      }),
    ]
  }
  const back = asked.filter(({ recoveredMs }) => recoveredMs !== null)
  if (back.length === 0) {
    if (asked.length === 0) return []
    const detail = 'it turned us away: a login, or a rate limit, not the database'
    return [inconclusive({ subject, title: 'Recovery could not be seen', detail })]
  }
  const slowest = Math.max(...back.map(({ recoveredMs }) => recoveredMs ?? 0))
  const detail = `after ${back.length} errors the same request worked again, the latest ${seconds(slowest)} later`
  return [proven({ subject, title: 'It recovers from errors of the database', detail })]
}
