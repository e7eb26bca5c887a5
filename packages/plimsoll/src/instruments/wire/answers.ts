import type { StatementRecord } from '../../model/evidence.ts'

/** Who waits for the answer to which statement. */
export type Answers = {
  /** the decoder is done with it */
  completed(statement: StatementRecord): void
  wait(statement: StatementRecord, timeoutMs: number, signal?: AbortSignal): Promise<boolean>
  close(): void
}

export const createAnswers = (): Answers => {
  const waiting = new Map<StatementRecord, Set<() => void>>()

  const completed = (statement: StatementRecord) => {
    if (waiting.size === 0) return
    for (const tell of [...(waiting.get(statement) ?? [])]) tell()
  }

  const wait: Answers['wait'] = (statement, timeoutMs, signal) =>
    new Promise((resolve) => {
      const tell = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', tell)
        others.delete(tell)
        if (others.size === 0) waiting.delete(statement)
        resolve(statement.durationMs !== null)
      }
      if (statement.durationMs !== null || signal?.aborted) return resolve(statement.durationMs !== null)
      const others = waiting.get(statement) ?? new Set()
      const timer = setTimeout(tell, timeoutMs)
      signal?.addEventListener('abort', tell)
      waiting.set(statement, others.add(tell))
    })

  const close = () => {
    for (const statement of [...waiting.keys()]) completed(statement)
  }

  return { completed, wait, close }
}
