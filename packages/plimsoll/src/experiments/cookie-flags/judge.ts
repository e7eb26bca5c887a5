import { type Judgement, notApplicable, proven, refuted } from '../../model/verdict.ts'
import type { Seen } from './index.ts'

type Row = Seen['cookies'][number]

const SESSION = /sess|sid$|^sid|auth|token|jwt|login|user|remember|identity/i
/** Double-submit tokens must be read by scripts. */
const FOR_SCRIPTS = /csrf|xsrf/i

const isSession = ({ cookie }: Row) =>
  !cookie.cleared && !FOR_SCRIPTS.test(cookie.name) && cookie.opaque && SESSION.test(cookie.name)

const evidenceOf = ({ route, cookie }: Row) => ({
  kind: 'text' as const,
  title: `Set-Cookie of ${route}`,
  text: [
    `${cookie.name}=(${cookie.valueLength} characters)`,
    ...(cookie.httpOnly ? ['HttpOnly'] : []),
    ...(cookie.secure ? ['Secure'] : []),
    ...(cookie.sameSite === null ? [] : [`SameSite=${cookie.sameSite}`]),
  ].join('; '),
})

const script = (row: Row): Judgement => {
  const subject = `${row.cookie.name}: HttpOnly`
  if (row.cookie.httpOnly)
    return proven({
      subject,
      title: 'Scripts cannot read the session cookie',
      detail: `${row.cookie.name} of ${row.route} is HttpOnly`,
    })
  return refuted({
    subject,
    title: 'Any script on the page can read the session cookie',
    detail: `${row.cookie.name} of ${row.route} is set without HttpOnly`,
    severity: 'medium',
    repairs: ['Set HttpOnly on the session cookie.'],
    evidence: [evidenceOf(row)],
  })
}

const crossSite = (row: Row): Judgement => {
  const { name, sameSite, secure } = row.cookie
  const subject = `${name}: SameSite`
  if (sameSite !== null && sameSite.toLowerCase() !== 'none')
    return proven({
      subject,
      title: 'Other sites cannot send the session cookie',
      detail: `${name} of ${row.route} is SameSite=${sameSite}`,
    })
  const none = sameSite !== null
  return refuted({
    subject,
    title: none
      ? 'Other sites may send the session cookie'
      : 'The session cookie leaves SameSite to the browser',
    detail: none
      ? `${name} of ${row.route} is SameSite=None${secure ? '' : ' without Secure: browsers refuse it'}`
      : `${name} of ${row.route} has no SameSite; browsers differ in what they assume`,
    severity: 'low',
    tier: 'suspicion',
    repairs: [
      'Set SameSite=Lax, or Strict; None only for a service that other sites embed, with Secure and a CSRF token.',
    ],
    evidence: [evidenceOf(row)],
  })
}

const transport = (row: Row): Judgement => {
  const { name, secure } = row.cookie
  const subject = `${name}: Secure`
  if (secure)
    return proven({
      subject,
      title: 'The session cookie travels over TLS only',
      detail: `${name} of ${row.route} is Secure`,
    })
  return refuted({
    subject,
    title: 'The session cookie also travels without TLS',
    detail: `${name} of ${row.route} is set without Secure, also when X-Forwarded-Proto says https`,
    severity: 'low',
    tier: 'suspicion',
    repairs: ['Set Secure in production.'],
    evidence: [evidenceOf(row)],
    notCovered: ['cookie flags that a configuration of production turns on'],
  })
}

/** One row a cookie name: the first route that set it. */
const distinct = (rows: readonly Row[]): Row[] => [
  ...new Map([...rows].reverse().map((row) => [row.cookie.name, row])).values(),
]

export const judge = (seen: Seen): Judgement[] => {
  const sessions = distinct(seen.cookies.filter(isSession))
  if (sessions.length === 0) {
    const detail = `${seen.asked} known requests set no cookie that looks like a session`
    return [notApplicable({ subject: 'session cookies', title: 'Session cookies', detail })]
  }
  return sessions.flatMap((row) => [script(row), crossSite(row), transport(row)])
}
