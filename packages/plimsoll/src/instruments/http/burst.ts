import { type ClientRequest, request as open } from 'node:http'
import { encodeBody } from './encode-body.ts'
import type { BurstAnswer, RequestOptions } from './http.ts'
import { nameError } from './name-error.ts'

export type BurstOptions = {
  /** `http://127.0.0.1:3000` */
  origin: string
  headers?: Readonly<Record<string, string>>
  /**
   * every connection has sent all but its last byte before any sends that one, so that the app has all of them in
   * hand at the same moment; false: they are sent at once as they come
   */
  lastByte: boolean
  timeoutMs?: number
}

const TIMEOUT_MS = 20_000
/** For what was written to be with the app, before the last bytes follow. */
const SETTLE_MS = 50

type Waiting = { finish(): void; written: Promise<void>; answer: Promise<BurstAnswer> }

const answerOf = (sent: ClientRequest): Promise<BurstAnswer> =>
  new Promise((resolve) => {
    sent.on('error', (thrown) => resolve({ status: null, body: '', error: nameError(thrown) }))
    sent.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', (thrown) => resolve({ status: null, body: '', error: nameError(thrown) }))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? null, body: Buffer.concat(chunks).toString('utf8') }),
      )
    })
  })

/** A request without a body has no last byte to keep back: it is sent whole in its turn. */
const begin = (options: RequestOptions, { origin, headers, lastByte, timeoutMs }: BurstOptions): Waiting => {
  const { bytes, type } = encodeBody(options.body, options.headers?.['content-type'])
  const body = bytes === null ? null : Buffer.from(bytes)
  const sent = open(`${origin}${options.path}`, {
    method: options.method,
    agent: false,
    timeout: timeoutMs ?? TIMEOUT_MS,
    headers: {
      ...(type && { 'content-type': type }),
      ...headers,
      ...options.headers,
      ...(body && { 'content-length': String(body.length) }),
    },
  })
  sent.setNoDelay(true)
  sent.on('timeout', () => sent.destroy(new Error('timeout')))
  const answer = answerOf(sent)
  const holds = lastByte && body !== null && body.length > 1
  const written = new Promise<void>((resolve) => {
    sent.once('error', () => resolve())
    if (holds) sent.write(body.subarray(0, -1), () => resolve())
    else resolve()
  })
  return { answer, written, finish: () => sent.end(holds ? body.subarray(-1) : (body ?? undefined)) }
}

/** Sends all of them as close together as one client can; answers in the order of the requests. Never throws. */
export const burst = async (
  requests: readonly RequestOptions[],
  options: BurstOptions,
): Promise<BurstAnswer[]> => {
  const waiting = requests.map((one) => begin(one, options))
  if (options.lastByte) {
    await Promise.all(waiting.map(({ written }) => written))
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  }
  for (const { finish } of waiting) finish()
  return Promise.all(waiting.map(({ answer }) => answer))
}
