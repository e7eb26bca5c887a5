import type { KnownRequest, Lab, RequestOptions } from '../../../lab/lab.ts'
import { labelOf } from '../../../lab/operations/operation.ts'
import { freshen } from '../../../lab/speak/freshen.ts'
import { revive } from '../../../lab/speak/revive.ts'
import type { Exchange } from '../../../model/evidence.ts'
import type { BodySeen } from '../seen.ts'
import { bystanderOf, watch } from '../watch.ts'
import { lists, noise, packed, plainly, zeros } from './bodies.ts'

/** Unpacked; frameworks that have a limit have it far below. */
const BOMB_MB = 96
const LARGE_MB = 50
/** Nobody asks for as much by mistake; what is refused here has a limit. */
const MIDDLING_MB = 8
const MOST_OPERATIONS = 12

export const isTaken = ({ status }: Pick<Exchange, 'status'>): boolean =>
  status !== null && status >= 200 && status < 300

const lengthOf = ({ body }: RequestOptions): number =>
  typeof body === 'string' || body instanceof Uint8Array ? Buffer.byteLength(body) : 0

type Trial = { lab: Lab; signal: AbortSignal; bystander: RequestOptions }

const sendSmall = ({ lab, signal }: Trial, request: RequestOptions) =>
  lab.http.request({ ...request, signal })

const cost = async ({ lab, signal, bystander }: Trial, request: RequestOptions) => {
  const { exchange, ...spent } = await watch(lab, request, bystander, signal)
  if (lab.target.exit() !== null) await revive(lab)
  return { exchange, spent }
}

const tryPacked = async (trial: Trial, operation: string, request: RequestOptions): Promise<BodySeen> => {
  const { lab } = trial
  const small = await sendSmall(trial, await packed(request, JSON.stringify(request.body)))
  const seen = { operation, way: 'compressed' as const, small, sentBytes: 0, unpackedBytes: 0 }
  if (!isTaken(small)) return { ...seen, big: null, cost: null, control: null }
  const text = zeros(request.body, BOMB_MB)
  const bomb = await packed(request, text)
  const control = await cost(
    trial,
    plainly(
      request,
      noise(request.body, lengthOf(bomb), () => lab.random.integer(0, 9)),
    ),
  )
  const { exchange, spent } = await cost(trial, bomb)
  return {
    ...seen,
    ...{ sentBytes: lengthOf(bomb), unpackedBytes: text.length },
    ...{ big: exchange, cost: spent, control: control.spent },
  }
}

const tryLarge = async (trial: Trial, operation: string, request: RequestOptions): Promise<BodySeen> => {
  const small = await sendSmall(trial, plainly(request, zeros(request.body, MIDDLING_MB)))
  const seen = { operation, way: 'large' as const, small, sentBytes: 0, unpackedBytes: 0, control: null }
  if (!isTaken(small)) return { ...seen, big: null, cost: null }
  const text = lists(request.body, LARGE_MB)
  const { exchange, spent } = await cost(trial, plainly(request, text))
  return { ...seen, sentBytes: text.length, unpackedBytes: text.length, big: exchange, cost: spent }
}

const isObject = (body: unknown) =>
  body !== null && typeof body === 'object' && !Array.isArray(body) && !Buffer.isBuffer(body)

const takesJson = ({ request }: KnownRequest) =>
  isObject(request.body) &&
  !Object.entries(request.headers ?? {}).some(
    ([name, value]) => name.toLowerCase() === 'content-type' && !value.includes('json'),
  )

/** One parser reads the bodies of most operations: those that take a small one are sent a big one until three did. */
const MOST_BIG = 3

/** Every operation that takes JSON, with a body that unpacks to much, and with one that is much. */
export const tryBodies = async (
  lab: Lab,
  wants: (operation: string, way: BodySeen['way']) => boolean,
  signal: AbortSignal,
): Promise<BodySeen[]> => {
  const trial: Trial = { lab, signal, bystander: bystanderOf(lab) }
  const found: BodySeen[] = []
  const seen = new Set<string>()
  const known = lab.known.filter(takesJson).filter((one) => !seen.has(labelOf(one)) && seen.add(labelOf(one)))
  for (const [way, attempt] of [['compressed', tryPacked] as const, ['large', tryLarge] as const]) {
    for (const one of known.slice(0, MOST_OPERATIONS)) {
      const operation = labelOf(one)
      const big = found.filter((body) => body.way === way && body.big !== null)
      if (signal.aborted || big.length >= MOST_BIG) break
      if (wants(operation, way)) found.push(await attempt(trial, operation, freshen(one.request, lab.random)))
    }
  }
  return found
}
