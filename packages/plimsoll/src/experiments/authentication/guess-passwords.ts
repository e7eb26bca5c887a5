import type { z } from 'zod'
import type { Lab } from '../../lab/lab.ts'
import type { Exchange } from '../../model/evidence.ts'
import { cut } from './answers.ts'
import { headersLike } from './enter.ts'
import type { Gate } from './gate.ts'
import { meetPerson, withPassword } from './person.ts'
import type { Throttle } from './seen.ts'

export const ATTEMPTS = 30
const SLOWER = 4
const SLOW_MS = 400

const announced = ({ headers }: Exchange): string | null => {
  const name = Object.keys(headers).find((one) =>
    /^(x-)?rate-?limit-(limit|policy|remaining)$|^ratelimit$/i.test(one),
  )
  return name === undefined ? null : `it announces a limit: ${name}: ${headers[name]}`
}

const refusal = (first: Exchange, { status, headers }: Exchange): string | null => {
  if (status === 429 || status === 423) return `status ${status}`
  if (headers['retry-after'] !== undefined) return 'it asks to wait (Retry-After)'
  return status !== first.status ? `status ${status} in the place of ${first.status}` : null
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

const delayed = (took: readonly number[]): string | null => {
  const [early, late] = [median(took.slice(0, 5)), median(took.slice(-5))]
  return late > SLOW_MS && late > early * SLOWER ? 'each attempt takes longer' : null
}

/** What stopped or slowed a run of alike requests, of which the last answer is new; null where nothing did so far. */
export const stoppedBy = (answers: readonly Exchange[]): string | null => {
  const [first] = answers
  const last = answers.at(-1)
  return first === undefined || last === undefined ? null : (announced(last) ?? refusal(first, last))
}

export const slowedBy = (answers: readonly Exchange[]): string | null =>
  delayed(answers.map(({ durationMs }) => durationMs))

/** Variables that sound as if they decide on it. */
export const switchesIn = ({ service }: Pick<Lab, 'service'>): string[] =>
  service.env.map(({ name }) => name).filter((name) => /RATE_?LIMIT|THROTTL/i.test(name))

/** Wrong passwords for one account, one after the other, then the right one. */
export const guessPasswords = async (
  lab: Lab,
  gate: Gate | null,
  signal: AbortSignal,
): Promise<z.infer<typeof Throttle> | null> => {
  const person = await meetPerson(lab)
  if (person?.login == null || !person.own) return null
  const { login } = person
  const wrongs: Exchange[] = []
  let limitedBy = ''
  for (let attempt = 0; attempt < ATTEMPTS && limitedBy === '' && !signal.aborted; attempt += 1) {
    const request = withPassword(login, `Plimsoll-9-wrong${attempt}`)
    const wrong = await lab.http.request({ ...request, signal })
    wrongs.push(wrong)
    limitedBy = stoppedBy(wrongs) ?? ''
  }
  if (limitedBy === '') limitedBy = slowedBy(wrongs) ?? ''
  const [first] = wrongs
  if (first === undefined) return null
  const right = await lab.http.request({ ...login, bodyLimit: 65_536 })
  const headers = right.status === null || right.status >= 400 ? null : headersLike(person.headers, right)
  const opened = headers !== null && (gate === null || gate.opens(await gate.ask(headers)))
  return {
    operation: `${login.method} ${lab.entry?.login?.route.path ?? login.path}`,
    attempts: wrongs.length,
    limitedBy: limitedBy === '' && !opened ? 'the right password was refused afterwards' : limitedBy,
    wrong: cut(first),
    right: cut(right),
    rightOpens: opened,
    switches: switchesIn(lab),
  }
}
