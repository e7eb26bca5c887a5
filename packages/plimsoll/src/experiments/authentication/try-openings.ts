import type { z } from 'zod'
import { parseJson } from '../../base/json/parse-json.ts'
import type { Account, KnownRequest, Lab, RequestOptions } from '../../lab/lab.ts'
import { speakAs, speaksAs } from '../../lab/load/load-request.ts'
import { labelOf } from '../../lab/operations/operation.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import { idOf, thingsIn } from '../../lab/speak/things.ts'
import type { Exchange } from '../../model/evidence.ts'
import { cut, isLike, isRefused, succeeds } from './answers.ts'
import { BODY_LIMIT } from './gate.ts'
import type { Opening } from './seen.ts'

type Opened = z.infer<typeof Opening>

const MOST_ASKED = 40
const PUBLIC =
  /\/(log-?in|sign-?in|regist\w*|sign-?up|auth|token|health\w*|ready|live|docs?|openapi\S*|swagger\S*|forgot\S*|reset\S*|verify\S*|webhooks?|callback|metrics|version|status)(\/|$)/i

/** `/notes` of `/notes/:id/close`: what is there together is guarded together. */
const resourceOf = (path: string) => path.split('/:')[0] ?? path

/** What the document says of it: null where it says nothing. */
const securedBy = (lab: Lab, known: KnownRequest): boolean | null => {
  const { api } = lab
  if (api === undefined || api.from.kind === 'survey') return null
  const found = api.operations.find(
    ({ method, path }) => method === known.route.method && path === known.route.path,
  )
  if (found === undefined || found.security === null) return null
  return found.security.length > 0 && found.security.every((schemes) => schemes.length > 0)
}

type Bench = { lab: Lab; account: Account; signal: AbortSignal }

const send = ({ lab, signal }: Bench, request: RequestOptions) =>
  lab.http.request({ ...freshen(request, lab.random), bodyLimit: BODY_LIMIT, signal })

const bare = ({ account }: Bench, request: RequestOptions) => speakAs(request, account, { headers: {} })

/** The sibling that refuses whoever has no session: the same resource, the first account let in. */
const refusingSibling = async (bench: Bench, known: KnownRequest, own: readonly KnownRequest[]) => {
  const siblings = own.filter(
    (one) => one !== known && resourceOf(one.route.path) === resourceOf(known.route.path),
  )
  const changing = siblings.filter(({ request }) => request.method !== 'GET')
  for (const sibling of [...changing, ...siblings.filter((one) => !changing.includes(one))].slice(0, 6)) {
    const none = await send(bench, bare(bench, sibling.request))
    if (none.status === 401 || none.status === 403) return sibling
  }
  return null
}

/** A thing of the first account's own, made now, in the place of the one that the request is known with. */
const place = async (bench: Bench, known: KnownRequest, own: readonly KnownRequest[]) => {
  const { path } = known.route
  const maker = own.find(
    ({ route }) => route.method === 'POST' && route.path === resourceOf(path).replace(/\/$/, ''),
  )
  if (maker === undefined) return known.request
  const made = await send(bench, maker.request)
  const [thing] = succeeds(made) ? thingsIn(maker.route.path, parseJson(made.body), made.path) : []
  const id = thing === undefined ? undefined : idOf(thing)
  if (id === undefined) return known.request
  const at = path.split('/').findIndex((part) => part.startsWith(':'))
  const parts = known.request.path.split('/')
  parts[at] = encodeURIComponent(String(id))
  return { ...known.request, path: parts.join('/') }
}

const wordsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return value.length >= 6 ? [value] : []
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(wordsIn) : []
}

/** The read of the same thing, as the account itself asks it. */
const readOf = ({ lab, account }: Bench, known: KnownRequest, { path }: RequestOptions) => {
  const isRead = ({ method, path: pattern }: KnownRequest['route']) =>
    method === 'GET' && pattern === known.route.path
  return lab.service.routes.some(isRead) ? { method: 'GET', path, headers: account.headers } : null
}

/** Without a session: did it change what the account sees? */
const changes = async (bench: Bench, known: KnownRequest, own: readonly KnownRequest[]) => {
  const request = freshen(await place(bench, known, own), bench.lab.random)
  const read = readOf(bench, known, request)
  if (read === null) return null
  const before = await send(bench, read)
  if (!succeeds(before)) return null
  const attempt = await send(bench, bare(bench, request))
  if (!succeeds(attempt)) return null
  const after = await send(bench, read)
  const deleted = known.route.method === 'DELETE' && (after.status === 404 || after.status === 410)
  const words = wordsIn(request.body)
  const written = words.some((word) => !before.body.includes(word) && after.body.includes(word))
  return deleted || written ? { before, attempt, after } : null
}

const reads = async (bench: Bench, known: KnownRequest) => {
  const good = await send(bench, known.request)
  if (!succeeds(good)) return null
  const attempt = await send(bench, bare(bench, known.request))
  return isLike(good, attempt) && !isRefused(good, attempt) ? { before: good, attempt, after: null } : null
}

const opened = (
  known: KnownRequest,
  because: string,
  exchanges: { before: Exchange; attempt: Exchange; after: Exchange | null },
  sure: boolean,
): Opened => ({
  operation: labelOf(known),
  because,
  before: cut(exchanges.before),
  attempt: cut(exchanges.attempt),
  after: exchanges.after === null ? null : cut(exchanges.after),
  place: known.route.handler.place ?? known.route.place,
  sure,
})

/** Operations that should refuse whoever has no session, and do not. */
export const tryOpenings = async (
  bench: Bench,
  focus: readonly string[] | undefined,
): Promise<{ openings: Opened[]; guarded: number }> => {
  const { lab, account } = bench
  const own = lab.known.filter(({ request }) => speaksAs(request, account))
  const asked = own
    .filter((known) => !PUBLIC.test(known.route.path) && lab.open?.includes(labelOf(known)) !== true)
    .filter((known) => focus === undefined || focus.includes(`${labelOf(known)}: open to anybody`))
    .sort((a, b) => Number(a.route.method === 'DELETE') - Number(b.route.method === 'DELETE'))
    .slice(0, MOST_ASKED)
  const openings: Opened[] = []
  let guarded = 0
  for (const known of asked) {
    if (bench.signal.aborted) break
    const secured = securedBy(lab, known)
    if (secured === false) continue
    const isRead = known.route.method === 'GET'
    if (known.route.method === 'POST') continue
    const sibling = secured === null ? await refusingSibling(bench, known, own) : null
    if (secured === null && sibling === null) continue
    guarded += 1
    if (isRead && secured === null && known.route.guard !== 'yes') continue
    const found = isRead ? await reads(bench, known) : await changes(bench, known, own)
    if (found === null) continue
    const because =
      sibling === null
        ? "the API's own document asks for a session here"
        : `${labelOf(sibling)} refuses whoever has none`
    openings.push(opened(known, because, found, secured === true || !isRead))
  }
  return { openings, guarded }
}
