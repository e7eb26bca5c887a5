import { connect, type OnReadOpts, type Socket } from 'node:net'
import { createRandom } from '../../base/random/random.ts'
import { createAnswers } from './answers.ts'
import { createGatekeeper } from './gatekeeper.ts'
import { adoptSocket, SOCKET_OPTIONS } from './intake.ts'
import { createLink, type Link } from './link.ts'
import { openListener } from './listener.ts'
import type { Protocol } from './protocol.ts'
import { createStatementLog } from './statement-log.ts'
import type { ConnectionFault, FaultScope, Wire, WireConnection } from './wire.ts'

const KEEP_CLOSED = 10_000

export type WireOptions = {
  /** member of the stores family */
  store: string
  upstream: { host: string; port: number } | { path: string }
  /** null: bytes pass unseen, and only faults of the connection are possible */
  protocol: Protocol | null
  /** origin of all times */
  nowMs: () => number
  /** default 127.0.0.1 and a free port; at a path, `host` of the wire is that path and `port` is 0 */
  listen?: { host?: string; path?: string }
}

type Active = { fault: ConnectionFault; scope: FaultScope | undefined; left: number }

/** Whether a fault that already lasts is meant for a connection that opens now. */
const meansNew = (active: Active, id: number): boolean => {
  const { scope } = active
  if (!scope || (scope.firstConnections === undefined && scope.connections === undefined)) return true
  if (scope.connections?.includes(id)) return true
  if (active.left <= 0) return false
  active.left -= 1
  return true
}

const meansOpen = (scope: FaultScope | undefined, id: number): boolean =>
  scope?.connections?.includes(id) ?? scope?.firstConnections === undefined

const dialer =
  (upstream: WireOptions['upstream']) =>
  (onread: OnReadOpts): Socket =>
    connect({ ...SOCKET_OPTIONS, ...upstream, noDelay: true, onread })

/** Opens our place between the app and one store. */
export const openWire = async ({
  store,
  upstream,
  protocol,
  nowMs,
  listen = {},
}: WireOptions): Promise<Wire> => {
  const host = listen.host ?? '127.0.0.1'
  const gatekeeper = createGatekeeper()
  const answers = createAnswers()
  const log = createStatementLog()
  const links = new Map<number, Link>()
  const past: WireConnection[] = []
  const random = createRandom(1)
  let active: Active[] = []
  let count = 0

  const forget = (id: number) => {
    const link = links.get(id)
    if (!link || !links.delete(id)) return
    past.push(link.state())
    if (past.length > KEEP_CLOSED * 1.1) past.splice(0, past.length - KEEP_CLOSED)
  }

  const connected = (accepted: Socket) => {
    count += 1
    const id = count
    const link = createLink({
      id,
      acceptApp: (onread) => adoptSocket(accepted, onread),
      dialStore: dialer(upstream),
      decode: protocol?.decode ?? null,
      gatekeeper,
      random: random.fork(`connection ${id}`),
      nowMs,
      faults: active.filter((one) => meansNew(one, id)).map((one) => one.fault),
      logged: log.add,
      completed: answers.completed,
      closed: () => queueMicrotask(() => forget(id)),
    })
    links.set(id, link)
  }

  const listener = await openListener(listen.path === undefined ? { host } : { path: listen.path }, connected)

  const refusesAll = ({ kind }: ConnectionFault, scope: FaultScope | undefined) =>
    scope === undefined && (kind === 'refuse' || kind === 'shutdown')

  const inject = (fault: ConnectionFault, scope?: FaultScope) => {
    active.push({ fault, scope, left: scope?.firstConnections ?? 0 })
    if (refusesAll(fault, scope)) listener.refuse()
    for (const [id, link] of links) if (meansOpen(scope, id)) link.strike(fault)
  }

  const heal = () => {
    active = []
    gatekeeper.set(null)
    for (const link of links.values()) link.heal()
    listener.accept()
  }

  const close = async () => {
    gatekeeper.close()
    answers.close()
    for (const link of links.values()) link.destroy()
    await listener.close()
  }

  return {
    store,
    host: listen.path ?? host,
    port: listener.port,
    connections: () =>
      [...past, ...[...links.values()].map((link) => link.state())].sort((a, b) => a.id - b.id),
    statements: log.all,
    mark: log.mark,
    since: log.since,
    inject,
    heal,
    gate: gatekeeper.set,
    next: gatekeeper.next,
    answered: answers.wait,
    close,
  }
}
