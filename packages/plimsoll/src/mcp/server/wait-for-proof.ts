import { isOver, type Proof, type Proofs } from './proofs.ts'

export type WaitOptions = {
  timeoutMs: number
  signal: AbortSignal
  /** called with each new line of it */
  onLine?(line: string): void
  /** what is waited for; default: that it is over */
  until?(proof: Proof): boolean
}

/** Resolves when the proof is over, the time is up, or the signal aborts: never rejects. */
export const waitForProof = (
  proofs: Proofs,
  proof: Proof,
  { timeoutMs, signal, onLine, until = isOver }: WaitOptions,
): Promise<void> =>
  new Promise((resolve) => {
    if (until(proof) || signal.aborted) return resolve()
    let line = ''
    const end = () => {
      clearTimeout(timer)
      unwatch()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const unwatch = proofs.watch((changed) => {
      if (changed !== proof) return
      if (proof.line !== line) onLine?.(proof.line)
      line = proof.line
      if (until(proof)) end()
    })
    const timer = setTimeout(end, timeoutMs)
    signal.addEventListener('abort', end)
  })
