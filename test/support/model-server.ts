import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { anthropicStream, type Dialect, openaiStream, type SpokenTurn } from './model-server-dialects.ts'

/** One answer of the model, in the order in which it is asked. */
export type Turn =
  | SpokenTurn
  /** no stream at all: 401, 404, 429, 500, 529, …; `message` is what the provider says */
  | { status: number; message?: string; retryAfter?: string }
  /** the stream begins and the connection breaks; `after`: share of it that is sent */
  | { cut: SpokenTurn; after?: number }
  /** the stream begins and says nothing more until the connection is closed */
  | { silent: SpokenTurn; after?: number }
  /** the stream itself reports an error, as an overloaded provider does */
  | { reports: string; message: string }

export type SeenRequest = {
  path: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: Record<string, unknown> & { messages: readonly Record<string, unknown>[] }
}

/** Turns as an array, or made from the request: the script decides by what it is shown. */
export type Script = readonly Turn[] | ((request: SeenRequest, index: number) => Turn | Promise<Turn>)

export type ModelServer = {
  /** for an OpenAI-compatible client and for Anthropic's: `http://127.0.0.1:…/v1` */
  url: string
  requests: readonly SeenRequest[]
  close(): Promise<void>
}

const DIALECTS: Readonly<Record<string, Dialect>> = {
  '/v1/chat/completions': openaiStream,
  '/v1/messages': anthropicStream,
}

const bodyOf = async (request: IncomingMessage): Promise<SeenRequest['body']> => {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return JSON.parse(text)
}

/** Networks keep to no borders of events or letters; neither does this. */
const sendInPieces = async (response: ServerResponse, text: string): Promise<void> => {
  const bytes = Buffer.from(text)
  const size = Math.max(61, Math.ceil(bytes.length / 40))
  for (let at = 0; at < bytes.length; at += size) {
    response.write(bytes.subarray(at, at + size))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const refuse = (
  response: ServerResponse,
  { status, message = 'no', retryAfter }: Extract<Turn, { status: number }>,
) => {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
  })
  const type = status === 529 ? 'overloaded_error' : 'error'
  response.end(JSON.stringify({ type: 'error', error: { type, message, code: null, param: null } }))
}

/** As many tokens as a tokenizer would make of it, roughly: a quarter of the characters. */
const counted = (turn: SpokenTurn, asked: number): SpokenTurn => ({
  usage: { input: Math.ceil(asked / 4), output: Math.ceil(JSON.stringify(turn).length / 4) },
  ...turn,
})

const answer = async (
  response: ServerResponse,
  turn: Turn,
  dialect: Dialect,
  asked: number,
): Promise<void> => {
  if ('status' in turn) return refuse(response, turn)
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  if ('reports' in turn) {
    await sendInPieces(response, dialect.report(turn.reports, turn.message))
    response.end()
    return
  }
  const spoken = 'cut' in turn ? turn.cut : 'silent' in turn ? turn.silent : turn
  const stream = dialect.stream(counted(spoken, asked))
  if (!('cut' in turn) && !('silent' in turn)) {
    await sendInPieces(response, stream)
    response.end()
    return
  }
  await sendInPieces(response, stream.slice(0, Math.floor(stream.length * (turn.after ?? 0.6))))
  if ('cut' in turn) response.destroy()
}

/**
 * A provider on loopback that says what a script tells it to, streamed as the real ones do. Asked for more than the
 * script holds, it answers 418, which no client repeats.
 */
export const openModelServer = async (script: Script): Promise<ModelServer> => {
  const requests: SeenRequest[] = []
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    if (request.method === 'GET') {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'scripted', object: 'model' }] }))
      return
    }
    const seen = { path, headers: request.headers, body: await bodyOf(request) }
    const index = requests.push(seen) - 1
    const turn = typeof script === 'function' ? await script(seen, index) : script[index]
    const dialect = DIALECTS[path]
    if (turn === undefined || dialect === undefined)
      return refuse(response, { status: 418, message: `the script has no turn ${index + 1} for ${path}` })
    await answer(response, turn, dialect, JSON.stringify(seen.body).length)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await Promise.race([once(server, 'close'), sleep(1_000)])
    },
  }
}
