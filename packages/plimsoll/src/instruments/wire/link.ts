import type { OnReadOpts, Socket } from 'node:net'
import type { Random } from '../../base/random/random.ts'
import type { StatementRecord } from '../../model/evidence.ts'
import type { Gatekeeper } from './gatekeeper.ts'
import { createIntake } from './intake.ts'
import { createLane } from './lane.ts'
import type { ClientUnit, Decoder, DecoderEvents, GateOrder } from './protocol.ts'
import { closeSocket, resetSocket } from './sockets.ts'
import { makeToxic } from './toxics/make-toxic.ts'
import type { Toxic } from './toxics/toxic.ts'
import type { ConnectionFault, WireConnection } from './wire.ts'

const QUEUE_BYTES = 1024 * 1024

export type LinkOptions = {
  id: number
  /** each is called once at most, and gives a socket that reads so */
  acceptApp: (onread: OnReadOpts) => Socket
  dialStore: (onread: OnReadOpts) => Socket
  /** null: bytes pass unseen */
  decode: ((events: DecoderEvents) => Decoder) | null
  gatekeeper: Gatekeeper
  random: Random
  nowMs: () => number
  /** faults that already last when the connection opens */
  faults: readonly ConnectionFault[]
  logged: (record: StatementRecord) => void
  completed: (record: StatementRecord) => void
  closed: () => void
}

/** One connection: the app's socket, the store's, and what happens between them. */
export type Link = {
  state(): WireConnection
  strike(fault: ConnectionFault): void
  heal(): void
  destroy(): void
}

export const createLink = (options: LinkOptions): Link => {
  const { gatekeeper, nowMs } = options
  const openedAtMs = nowMs()
  const queue: ClientUnit[] = []
  let toxics: Toxic[] = []
  let store: Socket | null = null
  let closedAtMs: number | null = null
  let transaction: WireConnection['transaction'] = null
  let session: number | null = null
  let blind: string | null = options.decode ? null : 'the protocol is not known'
  let unanswered = 0
  let held: ClientUnit | null = null
  let swallowing = false
  let lostBytes = false
  let appEnded = false
  let storeEnded = false
  /** its answers are waited for and not relayed; then the connection is cut */
  let withheld: readonly StatementRecord[] | null = null

  const decoder = options.decode?.({
    connection: options.id,
    nowMs,
    statement: (record) => {
      unanswered += 1
      options.logged(record)
    },
    completed: (record) => {
      unanswered -= 1
      options.completed(record)
    },
    ready: (state) => {
      transaction = state
    },
    session: (id) => {
      session = id
    },
    blind: (reason) => {
      blind = reason
    },
  })

  const app = options.acceptApp(createIntake((chunk) => fromApp(chunk)))
  const lane = createLane(app, nowMs, () => store?.resume())

  const destroy = (how: 'reset' | 'close' = 'close') => {
    if (closedAtMs !== null) return
    closedAtMs = nowMs()
    transaction = null
    queue.length = 0
    lane.drop()
    if (how === 'reset') resetSocket(app)
    else closeSocket(app)
    store?.destroy()
    decoder?.end()
    options.closed()
  }

  const toStore = (bytes: Buffer) => {
    if (bytes.length > 0 && store && !store.write(bytes)) app.pause()
  }

  const settle = () => {
    if (appEnded && queue.length === 0 && !held && !swallowing) store?.end()
  }

  const refuse = (unit: ClientUnit, order: Extract<GateOrder, { do: 'fail' }>) => {
    const refusal = decoder?.refuse(unit, order.sqlstate, order.message)
    if (!refusal) toStore(unit.bytes)
    else if ('instead' in refusal) toStore(refusal.instead)
    else {
      lane.push(refusal.fatal, toxics)
      lane.flush()
      destroy()
    }
  }

  const holdUntil = (order: Extract<GateOrder, { do: 'delay' | 'hold' }>, unit: ClientUnit) => {
    held = unit
    gatekeeper.hold(order).then(() => {
      held = null
      if (closedAtMs !== null) return
      for (const record of unit.statements) record.atMs = nowMs()
      toStore(unit.bytes)
      pump()
    })
  }

  const forward = (unit: ClientUnit) => {
    if (unit.reply) lane.push(unit.reply, toxics)
    const order: GateOrder = unit.statements.length > 0 ? gatekeeper.ask(unit.statements) : { do: 'pass' }
    if (order.do === 'pass') toStore(unit.bytes)
    else if (order.do === 'fail') refuse(unit, order)
    else if (order.do === 'delay' || order.do === 'hold') holdUntil(order, unit)
    else if (order.when === 'before') destroy('reset')
    else {
      withheld = unit.statements
      toStore(unit.bytes)
    }
  }

  const pump = () => {
    store?.cork()
    while (!held && closedAtMs === null) {
      const unit = queue.shift()
      if (!unit) break
      forward(unit)
    }
    store?.uncork()
    if (queue.reduce((sum, unit) => sum + unit.bytes.length, 0) > QUEUE_BYTES) app.pause()
    else if (!store?.writableNeedDrain) app.resume()
    settle()
  }

  /** Both directions tell whether they keep bytes of the chunk. */
  const fromApp = (chunk: Buffer): boolean => {
    if (swallowing) {
      lostBytes = true
      return false
    }
    const unasked = queue.length === 0 && !held && gatekeeper.idle()
    const units = decoder ? decoder.fromClient(chunk, unasked) : [{ bytes: chunk, statements: [] }]
    if (unasked && units[0]?.bytes === chunk) {
      toStore(chunk)
      return store === null || store.writableLength > 0
    }
    queue.push(...units)
    pump()
    return true
  }

  const fromStore = (chunk: Buffer): boolean => {
    const relayed = decoder ? decoder.fromStore(chunk) : chunk
    if (swallowing) lostBytes = true
    else if (withheld) cutWhenAnswered(withheld)
    else if (relayed.length > 0) {
      const waits = lane.push(relayed, toxics)
      if (lane.full()) store?.pause()
      return waits
    }
    return false
  }

  /** The store's answer is whole, a commit included, when it waits for the next command. */
  const cutWhenAnswered = (records: readonly StatementRecord[]) => {
    if (records.every((record) => record.durationMs !== null && record.transaction !== null)) destroy('reset')
  }

  const endApp = () => {
    storeEnded = true
    if (swallowing) return
    if (withheld) destroy('reset')
    else lane.end(toxics)
  }

  const dial = () => {
    const dialled = options.dialStore(createIntake(fromStore))
    store = dialled
    dialled.on('end', endApp)
    dialled.on('drain', () => {
      if (!held || queue.length === 0) app.resume()
    })
    dialled.on('error', () => destroy(swallowing ? 'close' : 'reset'))
  }

  const strike = (fault: ConnectionFault) => {
    const toxic = makeToxic(fault, options.random)
    if (toxic.strike === 'reset') return destroy('reset')
    if (toxic.strike === 'close') return destroy()
    if (toxic.strike === 'notice') return sayGoodbye()
    toxics = [...toxics, toxic]
    swallowing ||= toxic.swallows === true
  }

  const sayGoodbye = () => {
    const notice = withheld ? null : (decoder?.shutdownNotice() ?? null)
    lane.flush()
    if (notice) app.write(notice)
    destroy()
  }

  const greet = (fault: ConnectionFault) => {
    const toxic = makeToxic(fault, options.random)
    if (toxic.greet === 'reset') return destroy('reset')
    toxics = [...toxics, toxic]
    swallowing ||= toxic.swallows === true
  }

  /** A stream that lost bytes cannot go on: it ends as it would behind a router that forgot it. */
  const heal = () => {
    toxics = []
    const wasSwallowing = swallowing
    swallowing = false
    if (lostBytes) return destroy('reset')
    lane.flush()
    if (!wasSwallowing || closedAtMs !== null) return
    if (!store) dial()
    if (storeEnded) lane.end(toxics)
    settle()
  }

  app.on('end', () => {
    appEnded = true
    settle()
  })
  app.on('error', () => destroy())
  app.on('close', () => destroy())
  for (const fault of options.faults) greet(fault)
  if (closedAtMs === null && !swallowing) dial()

  return {
    state: () => {
      const queued = [...queue, ...(held ? [held] : [])].flatMap((unit) => unit.statements).length
      const pending = closedAtMs === null ? Math.max(0, unanswered - queued) : 0
      return { id: options.id, openedAtMs, closedAtMs, transaction, session, pending, blind }
    },
    strike,
    heal,
    destroy,
  }
}
