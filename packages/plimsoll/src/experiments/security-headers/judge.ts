import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import { FOREIGN_ORIGIN, type Seen } from './index.ts'

type Answer = Seen['answers'][number]

const isHtml = ({ exchange }: Answer) => exchange.headers['content-type']?.includes('text/html') === true

const list = (answers: readonly Answer[]) => {
  const routes = answers.map(({ route }) => route)
  return routes.length <= 3
    ? routes.join(', ')
    : `${routes.slice(0, 3).join(', ')} and ${routes.length - 3} more`
}

const evidence = (answer: Answer | undefined, title: string) =>
  answer === undefined ? [] : [{ kind: 'exchange' as const, title, exchange: answer.exchange }]

const crossOrigin = (seen: Seen): Judgement => {
  const subject = 'cross-origin reads'
  const open = seen.foreign.filter(
    ({ exchange: { headers } }) =>
      headers['access-control-allow-origin'] === FOREIGN_ORIGIN &&
      headers['access-control-allow-credentials'] === 'true',
  )
  if (open.length === 0) {
    const detail = `${seen.foreign.length} reads with a foreign Origin: none may be read with the user's cookies`
    return proven({ subject, title: "Other sites cannot read answers with the user's cookies", detail })
  }
  return refuted({
    subject,
    title: "Any website can read answers with the user's cookies",
    detail: `${list(open)}: Origin ${FOREIGN_ORIGIN} is reflected, with credentials allowed`,
    severity: 'high',
    repairs: ['Allow a fixed list of origins, or drop Access-Control-Allow-Credentials.'],
    evidence: evidence(open[0], 'Asked from a foreign site'),
  })
}

/** A page that may be framed and sniffed is a defect; the same headers on JSON are advice. */
const pages = (seen: Seen): Judgement[] => {
  const html = seen.answers.filter(isHtml)
  if (html.length === 0) return []
  const subject = 'HTML pages'
  const framed = html.filter(
    ({ exchange: { headers } }) =>
      headers['x-frame-options'] === undefined &&
      !/frame-ancestors/.test(headers['content-security-policy'] ?? ''),
  )
  const bare = html.filter(({ exchange: { headers } }) => headers['content-security-policy'] === undefined)
  if (framed.length === 0 && bare.length === 0) {
    return [
      proven({ subject, title: 'Pages cannot be framed and say what they may load', detail: list(html) }),
    ]
  }
  const missing = [
    ...(bare.length > 0 ? ['Content-Security-Policy'] : []),
    ...(framed.length > 0 ? ['frame-ancestors or X-Frame-Options'] : []),
  ]
  return [
    refuted({
      subject,
      title: 'Pages can be framed by any site, or load from anywhere',
      detail: `${list([...new Set([...bare, ...framed])])} without ${missing.join(' and ')}`,
      severity: 'low',
      repairs: [
        "Send Content-Security-Policy with frame-ancestors 'self' (helmet, @fastify/helmet, koa-helmet set both).",
      ],
      evidence: evidence(framed[0] ?? bare[0], 'One of them'),
    }),
  ]
}

const sniffing = (seen: Seen): Judgement => {
  const subject = 'X-Content-Type-Options'
  const missing = seen.answers.filter(
    ({ exchange: { headers } }) => headers['x-content-type-options'] !== 'nosniff',
  )
  if (missing.length === 0)
    return proven({
      subject,
      title: 'Browsers are told not to guess content types',
      detail: `${seen.answers.length} of ${seen.answers.length} answers`,
    })
  return refuted({
    subject,
    title: 'Browsers may guess content types',
    detail: `${missing.length} of ${seen.answers.length} answers without X-Content-Type-Options: nosniff`,
    severity: 'low',
    tier: missing.some(isHtml) ? 'defect' : 'advice',
    repairs: ['Send X-Content-Type-Options: nosniff on every answer.'],
    evidence: evidence(missing.find(isHtml) ?? missing[0], 'One of them'),
  })
}

const disclosure = (seen: Seen): Judgement[] => {
  const said = seen.answers.find(({ exchange }) => exchange.headers['x-powered-by'] !== undefined)
  if (said === undefined) return []
  return [
    refuted({
      subject: 'X-Powered-By',
      title: 'Answers say what the server runs on',
      detail: `X-Powered-By: ${said.exchange.headers['x-powered-by']}`,
      severity: 'low',
      tier: 'advice',
      repairs: ["Turn it off: app.disable('x-powered-by') in Express."],
    }),
  ]
}

const NOT_COVERED = ['Strict-Transport-Security and TLS settings: the lab speaks plain HTTP on loopback']

const answered = ({ exchange }: Answer) => exchange.status !== null

export const judge = (all: Seen): Judgement[] => {
  const seen = { answers: all.answers.filter(answered), foreign: all.foreign.filter(answered) }
  if (seen.answers.length === 0 || seen.foreign.length === 0) {
    return [
      inconclusive({
        subject: 'headers',
        title: 'Headers could not be seen',
        detail: 'no known read was answered',
      }),
    ]
  }
  const first = crossOrigin(seen)
  return [{ ...first, notCovered: NOT_COVERED }, ...pages(seen), sniffing(seen), ...disclosure(seen)]
}
