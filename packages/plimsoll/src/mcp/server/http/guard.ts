import { createHash, timingSafeEqual } from 'node:crypto'
import {
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  originValidationResponse,
} from '../../../vendor/mcp-server.ts'

/** Of equal length, so that the comparison takes the same time for every guess. */
const digest = (text: string) => createHash('sha256').update(text).digest()

const unauthorised = (): Response =>
  Response.json(
    {
      jsonrpc: '2.0',
      id: null,
      error: {
        code: -32_000,
        message: 'Send the token that plimsoll mcp printed: "Authorization: Bearer <token>".',
      },
    },
    { status: 401, headers: { 'www-authenticate': 'Bearer realm="plimsoll"' } },
  )

/** Why a request is turned away: a name that is not this machine's, a foreign page, no token; null where it may pass. */
export const turnAway = (request: Request, token: string): Response | null => {
  const foreign =
    hostHeaderValidationResponse(request, localhostAllowedHostnames()) ??
    originValidationResponse(request, localhostAllowedOrigins())
  if (foreign !== undefined) return foreign
  const [, given = ''] = /^bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? []
  return timingSafeEqual(digest(given), digest(token)) ? null : unauthorised()
}
