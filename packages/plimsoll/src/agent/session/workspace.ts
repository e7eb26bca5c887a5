import type { Files } from '../../instruments/workspace/files.ts'
import type { Checkpoints } from '../checkpoint/checkpoints.ts'
import type { Journal } from '../journal/journal.ts'
import type { Step } from '../loop/call-ports.ts'

/** The files of the session, as they were at the start and after each step. */
export type Workspace = {
  epoch(): string
  step(note: string): Promise<Step>
  /** text of a file as it was at the start; null where it was not there */
  readStart(file: string): Promise<string | null>
  /** files that differ from the start, as far as steps have shown */
  changed(): readonly string[]
  /** the same, without those that are as they were again */
  settleChanged(): Promise<readonly string[]>
  /** whether any file is not as it was when the task was given */
  isWorkedOn(): Promise<boolean>
}

/** A snapshot, and files that steps changed since. */
export type Past = { snapshot: string; changed: readonly string[] }

const MOST_DIFF = 40_000

const decoder = new TextDecoder()

/**
 * @param first the start, where a session goes on
 * @param given when the task was given, where it was before now
 */
export const openWorkspace = async (
  ports: { checkpoints: Checkpoints; journal: Journal; files: Files },
  first: Past | null,
  given: Past | null = null,
): Promise<Workspace> => {
  const { checkpoints, journal, files } = ports
  const { snapshot } = await checkpoints.take('start')
  let epoch = snapshot
  const start = first?.snapshot ?? snapshot
  const changed = new Set(first?.changed ?? [])
  const task = given?.snapshot ?? snapshot
  const own = new Set(given?.changed ?? [])
  if (first === null) await journal.append({ kind: 'checkpoint', snapshot, files: [] })
  const isAsItWas = async (file: string, at: string): Promise<boolean> => {
    const now = await files.read(file).catch(() => null)
    const then = await checkpoints.read(at, file)
    return now === null || then === null ? now === then : decoder.decode(now) === then
  }
  return {
    epoch: () => epoch,
    readStart: (file) => checkpoints.read(start, file),
    changed: () => [...changed].sort(),
    step: async (note) => {
      const before = epoch
      const taken = await checkpoints.take(note)
      if (taken.snapshot === before) return { epoch, changed: [], diff: null }
      epoch = taken.snapshot
      for (const file of taken.changed) {
        changed.add(file)
        own.add(file)
      }
      await journal.append({ kind: 'checkpoint', snapshot: epoch, files: [...taken.changed] })
      const diff = await checkpoints.diff(before, epoch)
      const shown = diff.length > MOST_DIFF ? `${diff.slice(0, MOST_DIFF)}\n… (the diff goes on)` : diff
      return { epoch, changed: taken.changed, diff: shown }
    },
    settleChanged: async () => {
      for (const file of [...changed]) if (await isAsItWas(file, start)) changed.delete(file)
      return [...changed].sort()
    },
    isWorkedOn: async () => {
      for (const file of own) if (!(await isAsItWas(file, task))) return true
      return false
    },
  }
}
