import { existsSync } from 'node:fs'
import { fault } from '../../base/errors/fault.ts'
import type { Order, Told } from './converse.ts'
import { type Kept, keepOutput } from './keep-output.ts'
import type { Background } from './shell.ts'

const BASH = existsSync('/bin/bash') ? '/bin/bash' : '/bin/sh'

export type Job = Omit<Background, 'ports'> & {
  ports: readonly number[]
  isAlive: boolean
  kept: Kept
  onOutput(text: string): void
  onTold(told: Told): void
}

export type Asked = { dir: string; timeoutMs?: number; onOutput?(text: string): void }

type Ended = Extract<Told, { kind: 'exit' }>

const lost = (id: string): Ended => ({
  kind: 'exit',
  id,
  code: null,
  signal: 'SIGKILL',
  timedOut: false,
  ports: [],
  left: 0,
})

/** Commands that run, or that left something running. */
export const openJobs = (env: Readonly<Record<string, string>>) => {
  const jobs = new Map<string, Job>()
  let count = 0
  let send: ((order: Order) => void) | null = null

  const waitFor = (job: Job, kinds: readonly Told['kind'][]) =>
    new Promise<Told>((resolve) => {
      job.onTold = (told) => {
        if (kinds.includes(told.kind)) resolve(told)
      }
    })

  const begin = (
    kind: 'run' | 'start',
    command: string,
    { dir, timeoutMs, onOutput = () => {} }: Asked,
  ): Job => {
    if (send === null)
      throw fault('E_FORBIDDEN', {
        call: `"${command}"`,
        reason: 'the shell of this session has ended',
        instead: 'Go on in a new session: plimsoll sessions',
      })
    count += 1
    const id = `p${count}`
    const job: Job = {
      id,
      command,
      startedAtMs: performance.now(),
      ports: [],
      isAlive: true,
      kept: keepOutput(),
      onOutput,
      onTold: () => {},
    }
    jobs.set(id, job)
    const limit = timeoutMs === undefined ? {} : { timeoutMs }
    send({ kind, id, shell: BASH, command, dir, env, ...limit, ...(kind === 'start' && { stays: true }) })
    return job
  }

  return {
    /** the other side answers from now on; null: it is gone, and with it everything that ran */
    connect: (to: ((order: Order) => void) | null) => {
      send = to
      if (to !== null) return
      for (const job of jobs.values()) {
        job.isAlive = false
        job.onTold(lost(job.id))
      }
    },
    hear: (told: Exclude<Told, { kind: 'refused' }>) => {
      const job = jobs.get(told.id)
      if (job === undefined) return
      if (told.kind === 'output') {
        job.kept.add(told.text)
        job.onOutput(told.text)
        return
      }
      if (told.kind !== 'killed') {
        job.ports = told.ports
        job.isAlive = told.kind === 'exit' ? told.left > 0 : told.alive
      }
      job.onTold(told)
    },
    run: async (command: string, asked: Asked, signal: AbortSignal): Promise<{ job: Job; end: Ended }> => {
      const job = begin('run', command, asked)
      const abort = () => send?.({ kind: 'kill', id: job.id })
      signal.addEventListener('abort', abort)
      // It may have been stopped while somebody was asked.
      if (signal.aborted) abort()
      const told = await waitFor(job, ['exit'])
      signal.removeEventListener('abort', abort)
      if (!job.isAlive) jobs.delete(job.id)
      return { job, end: told.kind === 'exit' ? told : lost(job.id) }
    },
    start: async (command: string, asked: Asked): Promise<Job> => {
      const job = begin('start', command, asked)
      await waitFor(job, ['started', 'exit'])
      return job
    },
    list: (): readonly Job[] => [...jobs.values()],
    /** @throws E_UNKNOWN_ID */
    stop: async (id: string): Promise<void> => {
      const job = jobs.get(id)
      if (job === undefined) {
        const candidates = `There is: ${[...jobs.keys()].join(', ') || 'nothing running'}.`
        throw fault('E_UNKNOWN_ID', { id, candidates })
      }
      const killed = waitFor(job, ['killed', 'exit'])
      send?.({ kind: 'kill', id })
      if (send !== null) await killed
      jobs.delete(id)
    },
  }
}
