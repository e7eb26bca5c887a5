import { parseJson } from '../../base/json/parse-json.ts'
import type { KnownRequest } from '../../lab/lab.ts'
import { createHarvest } from '../../lab/speak/harvest.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import { loginRoutes, registerRoutes } from '../../lab/speak/session.ts'
import { idOf, sameKin, singular, thingsIn } from '../../lab/speak/things.ts'
import type { Actor } from './actors.ts'
import type { Bench } from './bench.ts'
import { fillWith, parametersOf } from './fill.ts'
import { findRow } from './find-row.ts'
import { isSpent, MANNERS, type Maker, type Sent, send, sendForOthers } from './maker.ts'
import { fieldsOf, isFor, kinAt, type Thing, wordsOf } from './thing.ts'

const VERB = /^(?:create|new|add|save|insert|make|register|submit|upload|post)$/i
const VERB_FIRST = /^(?:create|new|add|save|insert|make)[-_]?/i
const AUTH =
  /\/(?:auth|log-?in|log-?out|sign-?in|sign-?up|sign-?out|register|tokens?|refresh|password|reset|verify)(?:\/|$)/i
/** Requests that may create things; the ones below others last. */
export const makersOf = ({ lab }: Pick<Bench, 'lab'>): Maker[] => {
  const { routes } = lab.service
  const entered = [lab.entry?.register?.route, lab.entry?.login?.route].filter((route) => route !== undefined)
  const entries = new Set(
    [...registerRoutes(routes), ...loginRoutes(routes), ...entered].map(({ path }) => path),
  )
  return lab.known
    .filter(
      ({ route, request }) => request.method === 'POST' && !AUTH.test(route.path) && !entries.has(route.path),
    )
    .sort((x, y) => parametersOf(x.route.path).length - parametersOf(y.route.path).length)
    .map((known) => ({ known, manner: 0, others: null }))
}

/** `/notes/create` and `/createNote` make notes. */
export const kinMadeAt = (path: string): string => {
  const parts = wordsOf(path)
  const last = parts.at(-1) ?? ''
  const word = VERB.test(last) ? (parts.at(-2) ?? last) : last.replace(VERB_FIRST, '')
  return singular(word).toLowerCase()
}

const collectionOf = (path: string) =>
  path.replace(new RegExp(`/(?:${VERB.source.slice(1, -1)})/?$`, 'i'), '')

/** The object in an answer that holds one of these texts in a field of its own. */
export const holding = (answer: unknown, texts: readonly string[]): Record<string, unknown> | null => {
  if (answer === null || typeof answer !== 'object') return null
  for (const inner of Object.values(answer)) {
    const found = holding(inner, texts)
    if (found !== null) return found
  }
  const own = Object.values(answer).some(
    (value) => typeof value === 'string' && texts.some((text) => value.includes(text)),
  )
  return own && !Array.isArray(answer) ? { ...answer } : null
}

const findListed = async (bench: Bench, actor: Actor, path: string, texts: readonly string[]) => {
  const lists = bench.lab.known
    .filter(({ route, request }) => request.method === 'GET' && parametersOf(route.path).length === 0)
    .sort((x, y) => Number(y.route.path === path) - Number(x.route.path === path))
  for (const { request } of lists.slice(0, 4)) {
    const answer = await bench.ask(request, actor)
    const found = isSuccess(answer) ? holding(parseJson(answer.body), texts) : null
    if (found !== null) return found
  }
  return null
}

/** What a path names before one of its parameters was there before: an answer may show it, too. */
const isAbove = (path: string, word: string) =>
  parametersOf(path).some((name) => sameKin(kinAt(path.slice(0, path.indexOf(`/:${name}`))), word))

const learnThing = async (
  bench: Bench,
  actor: Actor,
  { known: { route } }: Maker,
  { sent, answer, planted }: Sent,
): Promise<Pick<Thing, 'harvest' | 'fields' | 'kin' | 'alias' | 'path'>> => {
  const path = collectionOf(route.path)
  const harvest = createHarvest()
  const parsed = parseJson(answer.body)
  const shown = thingsIn(path, parsed, sent.path)
  const texts = planted.map(({ text }) => text)
  const own = shown.find((one) => idOf(one) !== undefined) ?? shown[0]
  let fields = fieldsOf(own?.thing ?? {})
  const keep = (thing: unknown) => harvest.keep(path, JSON.stringify(thing), path)
  const location = answer.headers.location
    ?.split('?')[0]
    ?.split('/')
    .filter((part) => part !== '')
    .at(-1)
  if (own !== undefined) keep(own.thing)
  if (location !== undefined && location !== '') keep({ id: decodeURIComponent(location) })
  if ((own === undefined || idOf(own) === undefined) && texts.length > 0) {
    const found = (await findListed(bench, actor, path, texts)) ?? (await findRow(bench, texts))
    if (found !== null) {
      fields = { ...fieldsOf(found), ...fields }
      keep(found)
    }
  }
  keep(fieldsOf(sent.body))
  const kin = kinMadeAt(route.path)
  const alias = [kinAt(route.path), own?.kin ?? kin].filter(
    (word) => word !== kin && !VERB.test(word) && !/^v\d/.test(word) && !isAbove(route.path, word),
  )
  return { harvest, fields, kin, alias, path }
}

const isRef = (known: KnownRequest) => (thing: Thing) =>
  parametersOf(known.route.path).some((name) => isFor(thing, known.route.path, name))

/**
 * One more thing of that kind, created as this actor with a text of its own in every field that takes one; null where
 * the API does not accept it.
 * @param chain things of the same actor that it may be created below, or refer to
 */
export const makeThing = async (
  bench: Bench,
  maker: Maker,
  actor: Actor,
  chain: readonly Thing[],
): Promise<Thing | null> => {
  const { known } = maker
  const bases = chain.length === 0 ? [known.request] : [fillWith(known, chain), known.request]
  const thingOf = async (made: Sent, parents: Thing[]): Promise<Thing> => {
    const learnt = await learnThing(bench, actor, maker, made)
    return { ...learnt, planted: made.planted, parents, sent: made.sent, made: made.answer }
  }
  let status: number | null = null
  for (const base of bases) {
    for (let manner = maker.manner; manner < MANNERS.length; manner += 1) {
      if (!bench.goesOn()) return null
      const made = await send(bench, actor, base, MANNERS[manner] ?? null)
      status = made.answer.status
      if (!isSuccess(made.answer)) continue
      maker.manner = manner
      return thingOf(made, base === known.request ? [] : chain.filter(isRef(known)))
    }
  }
  const other = isSpent(maker, status) ? await sendForOthers(bench, maker, actor) : null
  return other === null ? null : thingOf(other, [])
}
