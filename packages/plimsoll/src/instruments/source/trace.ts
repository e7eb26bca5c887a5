import { createHash } from 'node:crypto'
import type { Stamp } from './list-files.ts'
import type { Project } from './project.ts'

/** What was read through a project, so that a result can be kept for as long as all of it stays the same. */
export type Trace = {
  stamps: ReadonlyMap<string, Stamp>
  /** of each file that was read */
  digests: Map<string, string>
  /** of each path that was looked at without being listed; null where there was nothing */
  peeked: Map<string, string | null>
  /** a file changed while we were reading */
  unstable?: boolean
}

export const traces = new WeakMap<Project, Trace>()

export const digestOf = (content: string | Uint8Array) => createHash('sha1').update(content).digest('base64')

export const noteDigest = (trace: Trace, file: string, digest: string) => {
  const before = trace.digests.get(file)
  if (before !== undefined && before !== digest) trace.unstable = true
  trace.digests.set(file, digest)
}
