import type { FromThread, ToThread } from './messages.ts'
import { startThread } from './start-thread.ts'

export type Listener = {
  onMessage(message: FromThread): void
  /** the thread is no more */
  onDeath(reason: string): void
}

/** A worker thread and the runs it has a share in. */
export type Thread = {
  readonly isDead: boolean
  join(run: number, listener: Listener): void
  leave(run: number): void
  post(message: ToThread): void
  end(): Promise<void>
}

/** It keeps the process alive only while it has a share in a run. */
export const openThread = (): Thread => {
  const worker = startThread()
  const listeners = new Map<number, Listener>()
  let isDead = false

  const die = (reason: string) => {
    if (isDead) return
    isDead = true
    for (const { onDeath } of [...listeners.values()]) onDeath(reason)
    listeners.clear()
  }

  worker.unref()
  worker.on('message', (message: FromThread) => listeners.get(message.run)?.onMessage(message))
  worker.on('error', (thrown) => die(thrown instanceof Error ? thrown.message : String(thrown)))
  worker.on('exit', (code) => die(`its thread ended with ${code}`))

  return {
    get isDead() {
      return isDead
    },
    join: (run, listener) => {
      if (isDead) return listener.onDeath('its thread had ended')
      listeners.set(run, listener)
      worker.ref()
    },
    leave: (run) => {
      listeners.delete(run)
      if (listeners.size === 0) worker.unref()
    },
    post: (message) => worker.postMessage(message),
    end: async () => {
      die('it was closed')
      await worker.terminate()
    },
  }
}
