import type { ServerContext } from '../../vendor/mcp-server.ts'

/** Sends lines as progress of this request; undefined where the client did not ask for it. */
export const progressOf = (
  context: ServerContext,
  redact: (text: string) => string,
): ((line: string) => void) | undefined => {
  const progressToken = context.mcpReq._meta?.progressToken
  if (progressToken === undefined) return undefined
  let progress = 0
  return (line) => {
    progress += 1
    const params = { progressToken, progress, message: redact(line).slice(0, 500) }
    // A client that is gone already wants no progress.
    context.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined)
  }
}
