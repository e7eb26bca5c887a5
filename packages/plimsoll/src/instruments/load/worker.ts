import { parentPort } from 'node:worker_threads'
import { type Agenda, createAgenda, type Share } from './agenda.ts'
import type { LoadPlan } from './load.ts'
import { type FromThread, systemMs, type ToThread } from './messages.ts'
import { type Sending, sendLoad } from './send-load.ts'
import { takePrecedence } from './take-precedence.ts'

const port = parentPort
if (port === null) throw new Error('this file is a worker thread of the load generator')
const tell = (message: FromThread) => port.postMessage(message)

takePrecedence()
const runs = new Map<number, Sending>()
const prepared = new Map<number, { plan: LoadPlan; share: Share; agenda: Agenda }>()
/** The quicker clock of this thread, brought in step with the one that all threads share. */
const aheadMs = systemMs() - performance.now()
const nowMs = () => performance.now() + aheadMs

const start = (run: number, startMs: number) => {
  const given = prepared.get(run)
  prepared.delete(run)
  if (given === undefined) return
  const sending = sendLoad({
    ...given,
    startMs,
    nowMs,
    onTick: (tick) => tell({ kind: 'tick', run, tick }),
    onEnd: (part) => {
      runs.delete(run)
      tell({ kind: 'part', run, part })
    },
  })
  runs.set(run, sending)
}

port.on('message', (message: ToThread) => {
  if (message.kind === 'start') start(message.run, message.startMs)
  else if (message.kind === 'stop') runs.get(message.run)?.stop(message.graceMs)
  else {
    const { run, plan, share } = message
    prepared.set(run, { plan, share, agenda: createAgenda(plan, share) })
    tell({ kind: 'prepared', run })
  }
})
