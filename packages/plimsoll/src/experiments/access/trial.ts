import type { KnownRequest, RequestOptions } from '../../lab/lab.ts'
import { labelOf } from '../../lab/operations/operation.ts'
import type { Exchange, StatementRecord } from '../../model/evidence.ts'
import type { Actor } from './actors.ts'
import { type Bench, cut } from './bench.ts'
import { blame } from './blame.ts'
import type { Slot } from './fill.ts'
import type { Proof, Trial } from './seen.ts'
import type { Thing } from './thing.ts'

export const wordOf = (slot: Slot): string => {
  if (slot.in === 'path') return 'path'
  return slot.in === 'query' ? `query ${slot.name}` : `body ${slot.at.join('.')}`
}

/** What nobody guesses: 64 random bits and more. A name made of the time, or of a title, is none. */
export const idKindOf = (value: string, { planted, made }: Thing): Trial['id'] => {
  const isRandom = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(value)
  if (isRandom) return 'unguessable'
  // An account is called by a name that others know.
  if (made === null || planted.some(({ text }) => value.toLowerCase().includes(text))) return 'guessable'
  if (/^[0-9a-f]{24}$/i.test(value) || /^\d+$/.test(value)) return 'guessable'
  const isMixed = /\d/.test(value) && /[a-z]/i.test(value)
  return /^[\w-]{16,}$/.test(value) && isMixed ? 'unguessable' : 'guessable'
}

const samePath = (one: string, other: string) =>
  one.replace(/:\w+/g, ':').replace(/\/$/, '') === other.replace(/:\w+/g, ':').replace(/\/$/, '')

/** The parts of a trial that do not depend on what was answered. */
export const describeTrial = (
  { lab }: Pick<Bench, 'lab'>,
  known: KnownRequest,
): Pick<Trial, 'operation' | 'method' | 'path' | 'place' | 'declared' | 'open'> => {
  const { method, path } = known.route
  const operation = lab.api?.operations.find((one) => one.method === method && samePath(one.path, path))
  return {
    operation: labelOf(known),
    method,
    path,
    place: known.route.handler.place ?? known.route.place,
    declared:
      lab.api?.from.kind !== 'survey' && (operation?.security ?? []).some((names) => names.length > 0),
    open: lab.open?.includes(labelOf(known)) ?? false,
  }
}

export type Asked = { exchange: Exchange; statements: StatementRecord[] }

/** Sends it and keeps the statements that it caused. */
export const watch = async (bench: Bench, request: RequestOptions, actor: Actor): Promise<Asked> => {
  const wire = bench.lab.store?.wire
  const mark = wire?.mark() ?? 0
  const exchange = await bench.ask(request, actor)
  return { exchange, statements: wire?.since(mark).map((one) => ({ ...one })) ?? [] }
}

export type Passed = {
  known: KnownRequest
  principal: string
  thing: Thing | null
  asked: Asked
  shown: Exchange | null
  /** texts that must be left in what is cut */
  texts: readonly string[]
  /** the name of the object, as it was asked for */
  value: string | null
}

export const proofOf = (bench: Bench, passed: Passed): Proof => {
  const { known, principal, thing, asked, shown, texts, value } = passed
  const blamed = blame(bench, known, asked.statements, value)
  return {
    principal,
    made: thing?.made == null ? null : cut(thing.made, texts),
    acted: cut(asked.exchange, texts),
    shown: shown === null ? null : cut(shown, texts),
    statements: blamed === null ? [] : [blamed.statement],
    origin: blamed?.origin ?? null,
  }
}
