import { asFault } from '../../base/errors/fault.ts'
import type { Door } from '../../engine/door/door.ts'
import type { ToolAnswer } from '../../tools/define.ts'

export type Proof = {
  /** names the proof until it has a Run, and after */
  ticket: string
  run: string | null
  state: 'queued' | 'running' | 'ended' | 'failed' | 'stopped'
  /** the last thing it said */
  line: string
  /** set once it ended */
  answer: ToolAnswer | null
}

export type ProofLoan = { door: Door; signal: AbortSignal; onProgress(line: string): void }

export type Proofs = {
  begin(door: Door, work: (loan: ProofLoan) => Promise<ToolAnswer>): Proof
  /** by ticket or by the id of its Run */
  find(id: string): Proof | null
  list(): readonly Proof[]
  /** whether there was something to stop */
  stop(id: string): boolean
  /** called with each proof that changed; gives the function that ends it */
  watch(listener: (proof: Proof) => void): () => void
  /** stops all, and resolves when none is left */
  close(): Promise<void>
}

const KEEP = 100

type Entry = { proof: Proof; stop: AbortController }

export const isOver = ({ state }: Proof): boolean => state !== 'queued' && state !== 'running'

const failure = (thrown: unknown): ToolAnswer => {
  const { message, hint } = asFault(thrown)
  return { text: `${message}\n${hint}`, failed: true }
}

/** One proof at a time, in the order in which they were asked for: two would disturb what each of them measures. */
export const queueProofs = (): Proofs => {
  const entries: Entry[] = []
  const listeners = new Set<(proof: Proof) => void>()
  let last: Promise<void> = Promise.resolve()
  let count = 0

  const change = (proof: Proof, changes: Partial<Proof>) => {
    Object.assign(proof, changes)
    for (const listener of listeners) listener(proof)
  }

  const perform = async (
    { proof, stop }: Entry,
    door: Door,
    work: (loan: ProofLoan) => Promise<ToolAnswer>,
  ): Promise<void> => {
    if (stop.signal.aborted) return
    change(proof, { state: 'running', line: 'started' })
    const lent: Door = {
      ...door,
      prove: (wishes) => {
        const onRun = (run: string) => {
          change(proof, { run })
          wishes.onRun?.(run)
        }
        return door.prove({ ...wishes, onRun })
      },
    }
    const onProgress = (line: string) => change(proof, { line })
    try {
      const answer = await work({ door: lent, signal: stop.signal, onProgress })
      change(proof, { state: stop.signal.aborted ? 'stopped' : 'ended', answer })
    } catch (thrown) {
      change(proof, { state: stop.signal.aborted ? 'stopped' : 'failed', answer: failure(thrown) })
    }
  }

  const find = (id: string) => entries.find(({ proof }) => proof.ticket === id || proof.run === id)

  const stop = (id: string): boolean => {
    const entry = find(id)
    if (entry === undefined || isOver(entry.proof)) return false
    entry.stop.abort('stopped')
    if (entry.proof.state === 'queued')
      change(entry.proof, { state: 'stopped', line: 'stopped in the queue' })
    return true
  }

  return {
    begin: (door, work) => {
      count += 1
      const proof: Proof = {
        ticket: `proof-${count}`,
        run: null,
        state: 'queued',
        line: 'queued',
        answer: null,
      }
      const entry = { proof, stop: new AbortController() }
      entries.push(entry)
      const oldest = entries.findIndex(({ proof: one }) => isOver(one))
      if (entries.length > KEEP && oldest >= 0) entries.splice(oldest, 1)
      last = last.then(() => perform(entry, door, work))
      return proof
    },
    find: (id) => find(id)?.proof ?? null,
    list: () => entries.map(({ proof }) => proof),
    stop,
    watch: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      for (const { proof } of entries) stop(proof.ticket)
      await last
    },
  }
}
