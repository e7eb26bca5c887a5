import { parseJson } from '../../base/json/parse-json.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Lab, RequestOptions } from '../lab.ts'
import { type Rows, rowsNow } from './rows.ts'

/** What should be seen of one write: its own value in a read, or so many rows in a table. */
export type Witness =
  | { kind: 'value'; value: string; read: RequestOptions }
  | { kind: 'rows'; rows: Rows; atLeast: number }

/** Where the writes of a route show: the item that the answer names, a list, or a table that grows. */
export type Place = { kind: 'item' } | { kind: 'list'; read: RequestOptions } | Rows

/** One write: what went out, what it was made from, what came back. */
export type Sent = { sent: RequestOptions; template: RequestOptions; answer: Exchange }

/** Short words may stand anywhere by chance; ours have ten random characters. */
const LEAST = 10
const BODY_LIMIT = 262_144

/** Every text of a JSON value that is long enough to be told from others. */
export const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return value.length >= LEAST ? [value] : []
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap(textsIn)
}

const idsIn = (value: unknown, depth = 0): string[] => {
  if (value === null || typeof value !== 'object' || depth > 2) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const scalar = typeof inner === 'string' || typeof inner === 'number'
    return scalar && /^(id|_id|uuid|slug)$/.test(key) ? [String(inner)] : idsIn(inner, depth + 1)
  })
}

/** Texts of a write that its template does not hold: made for this send, so no other write carries them. */
export const freshTexts = (sent: RequestOptions, template: RequestOptions): string[] => {
  const old = new Set(textsIn(template.body))
  return textsIn(sent.body).filter((text) => !old.has(text))
}

const headersOf = ({ headers }: RequestOptions) => (headers === undefined ? {} : { headers })

const itemReads = (sent: RequestOptions, answer: Exchange): RequestOptions[] =>
  idsIn(parseJson(answer.body)).map((id) => ({
    method: 'GET',
    path: `${sent.path.replace(/\/$/, '')}/${encodeURIComponent(id)}`,
    ...headersOf(sent),
  }))

const listReads = (lab: Lab, sent: RequestOptions): RequestOptions[] =>
  lab.known
    .filter(({ request }) => request.method === 'GET')
    .map(({ request }) => request)
    .sort((a, b) => Number(b.path === sent.path) - Number(a.path === sent.path))
    .slice(0, 12)

/** The first of the texts that a read shows; null when it shows none, or fails. */
export const shows = async (
  lab: Pick<Lab, 'http'>,
  read: RequestOptions,
  values: readonly string[],
  signal: AbortSignal,
): Promise<string | null> => {
  const { status, body } = await lab.http.request({
    ...read,
    bodyLimit: BODY_LIMIT,
    timeoutMs: 3_000,
    signal,
  })
  if (status === null || status >= 300) return null
  return values.find((text) => body.includes(text)) ?? null
}

/** The first place that shows a value of this write; null when none does. */
export const findPlace = async (
  lab: Lab,
  { sent, template, answer }: Sent,
  signal: AbortSignal,
): Promise<Place | null> => {
  const values = freshTexts(sent, template)
  if (values.length === 0) return null
  for (const read of itemReads(sent, answer)) {
    if ((await shows(lab, read, values, signal)) !== null) return { kind: 'item' }
  }
  for (const read of listReads(lab, sent)) {
    if ((await shows(lab, read, values, signal)) !== null) return { kind: 'list', read }
  }
  return null
}

/** What to look for, and where, for one more write of the same kind. */
export const witnessFor = (place: Place, { sent, template, answer }: Sent): Witness | null => {
  if (place.kind === 'rows') {
    place.expected += place.perWrite
    return { kind: 'rows', rows: place, atLeast: place.expected }
  }
  const [value] = freshTexts(sent, template)
  const read = place.kind === 'list' ? place.read : itemReads(sent, answer)[0]
  return value === undefined || read === undefined ? null : { kind: 'value', value, read }
}

export const isShown = async (lab: Lab, witness: Witness, signal: AbortSignal): Promise<boolean> => {
  if (witness.kind === 'rows') return ((await rowsNow(witness.rows)) ?? 0) >= witness.atLeast
  return (await shows(lab, witness.read, [witness.value], signal)) !== null
}

/** Where it was looked for, as a reader would say it. */
export const describeWitness = (witness: Witness): string =>
  witness.kind === 'rows' ? `table ${witness.rows.table}` : `${witness.read.method} ${witness.read.path}`
