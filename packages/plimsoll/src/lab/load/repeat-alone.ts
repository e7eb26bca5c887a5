import type { Exchange } from '../../model/evidence.ts'
import type { Lab, RequestOptions } from '../lab.ts'
import { freshen } from '../speak/freshen.ts'

/** One operation asked again and again, one by one. */
export type Repeated = {
  exchanges: Exchange[]
  /** bodies' true sizes */
  bytes: number[]
  /** why it is no load; null when every answer was of the same class */
  unfit: string | null
}

const TIMES = 8
const FEWEST = 3
/** A slow operation is asked less often. */
const PATIENCE_MS = 3_000
const BODY_LIMIT = 8_388_608

const classOf = (status: number | null) => (status === null ? null : Math.floor(status / 100))

const shown = ({ status, error }: Pick<Exchange, 'status' | 'error'>) =>
  status === null ? `no answer (${error ?? 'broken'})` : String(status)

/** Why answers that came one after the other show that this cannot be sent again and again; pure. */
export const changedAnswer = (
  first: number,
  answers: readonly Pick<Exchange, 'status' | 'error'>[],
): string | null => {
  if (answers.some(({ status }) => status === 429)) {
    return 'the app limits the rate of requests: it answered 429 when it was repeated'
  }
  const changed = answers.find(({ status }) => classOf(status) !== classOf(first))
  if (changed === undefined) return null
  return `its answer changed from ${first} to ${shown(changed)} when it was repeated`
}

export const repeatAlone = async (
  lab: Pick<Lab, 'http' | 'random' | 'nowMs'>,
  { request, status }: { request: RequestOptions; status: number },
  signal: AbortSignal,
): Promise<Repeated> => {
  const exchanges: Exchange[] = []
  const bytes: number[] = []
  const fromMs = lab.nowMs()
  while (exchanges.length < TIMES) {
    signal.throwIfAborted()
    const sent = { ...freshen(request, lab.random), bodyLimit: BODY_LIMIT, signal }
    const exchange = await lab.http.request(sent)
    bytes.push(Number(exchange.headers['content-length'] ?? Buffer.byteLength(exchange.body)))
    exchanges.push({ ...exchange, body: '' })
    const unfit = changedAnswer(status, exchanges)
    if (unfit !== null) return { exchanges, bytes, unfit }
    if (exchanges.length >= FEWEST && lab.nowMs() - fromMs > PATIENCE_MS) break
  }
  return { exchanges, bytes, unfit: null }
}
