import { randomBytes } from 'node:crypto'
import type { Writable } from 'node:stream'
import { fault } from '../../base/errors/fault.ts'
import { EXIT } from '../../base/errors/table.ts'
import { serveHttp } from '../../mcp/server/http/serve-http.ts'
import { openServed } from '../../mcp/server/serve.ts'
import { serveStdio } from '../../mcp/server/serve-stdio.ts'
import type { Served, Surface } from '../../mcp/server/surface.ts'
import type { CommandContext } from '../define.ts'
import type { McpInput } from './index.ts'

const VARIABLE = 'PLIMSOLL_MCP_TOKEN'
const SHORTEST_TOKEN = 16
const TOKEN_BYTES = 24

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

const tokenFrom = (given: string | undefined): { token: string; isOurs: boolean } => {
  if (given === undefined || given === '')
    return { token: randomBytes(TOKEN_BYTES).toString('base64url'), isOurs: true }
  if (given.length >= SHORTEST_TOKEN && /^\S+$/.test(given)) return { token: given, isOurs: false }
  const message = `${VARIABLE} wants ${SHORTEST_TOKEN} characters or more, without spaces`
  throw fault('E_USAGE', { message, command: 'plimsoll mcp' })
}

const serveAddress = async (served: Served, http: number | true, { env, stdout, signal }: CommandContext) => {
  const { token, isOurs } = tokenFrom(env[VARIABLE])
  const serving = await serveHttp(served, { port: http === true ? 0 : http, token })
  const shown = isOurs ? token : `the one in ${VARIABLE}`
  stdout.write(
    `⦵ plimsoll mcp   ${serving.url}\n  send           Authorization: Bearer <token>\n  token          ${shown}\n`,
  )
  await aborted(signal)
  await serving.close()
}

/** Serves until the client is gone or the signal aborts; labs and proofs have ended when it returns. */
export const serveSurface = async (
  surface: Surface,
  { http, output }: { http: McpInput['http']; output: Writable | null },
  context: CommandContext,
): Promise<number> => {
  const { served, end } = openServed(surface)
  try {
    if (output === null) await serveAddress(served, http ?? true, context)
    else await serveStdio(served, { input: context.stdin ?? process.stdin, output }, context.signal)
    return EXIT.proven
  } finally {
    await end()
  }
}
