import type { McpServer } from '../../vendor/mcp-server.ts'
import type { Proof, Proofs } from './proofs.ts'

const addressesOf = ({ ticket, run }: Proof): string[] =>
  [ticket, run].flatMap((id) => (id === null ? [] : [`plimsoll://runs/${id}`]))

/**
 * Tells a client of the proofs it subscribed to: a change of state, not each line.
 * @returns ends it
 */
export const openSubscriptions = (server: McpServer, proofs: Proofs): (() => void) => {
  const wanted = new Set<string>()
  const told = new Map<string, string>()
  server.server.setRequestHandler('resources/subscribe', ({ params }) => {
    wanted.add(params.uri)
    return {}
  })
  server.server.setRequestHandler('resources/unsubscribe', ({ params }) => {
    wanted.delete(params.uri)
    return {}
  })
  return proofs.watch((proof) => {
    const state = `${proof.state} ${proof.run}`
    if (told.get(proof.ticket) === state) return
    const isNew = !told.has(proof.ticket)
    told.set(proof.ticket, state)
    if (!server.isConnected()) return
    if (isNew) server.sendResourceListChanged()
    for (const uri of addressesOf(proof).filter((each) => wanted.has(each))) {
      // A connection that just ended needs no news.
      server.server.sendResourceUpdated({ uri }).catch(() => undefined)
    }
  })
}
