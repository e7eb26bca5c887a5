import { unifiedDiff } from '../../../base/text/unified-diff.ts'
import { isSameTarget } from '../../../instruments/source/hash-tree.ts'
import type { Start } from './start.ts'
import type { Tree } from './tree.ts'

/** One file that differs. Lines count from 1; those that say nothing (blank, comment, brackets) are left out. */
export type FileChange = {
  file: string
  /** null: it was not there, or is not kept as a text */
  before: string | null
  after: string | null
  is: 'new' | 'gone' | 'changed'
  /** lines of `after` that were not in `before` */
  added: readonly number[]
  /** lines of `before` that are no more */
  removed: readonly number[]
}

const SILENT = /^\s*(?:[\s(){}[\],;]*$|\/\/|\/?\*|#(?!!?\[)|--\s)/

const numbered = (diff: string) => {
  const added: number[] = []
  const removed: number[] = []
  let [old, fresh] = [0, 0]
  for (const line of diff.split('\n').slice(2)) {
    const head = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line)
    if (head !== null) {
      ;[old, fresh] = [Number(head[1]), Number(head[2])]
    } else if (line.startsWith('+')) {
      if (!SILENT.test(line.slice(1))) added.push(fresh)
      fresh += 1
    } else if (line.startsWith('-')) {
      if (!SILENT.test(line.slice(1))) removed.push(old)
      old += 1
    } else if (line.startsWith(' ')) {
      old += 1
      fresh += 1
    }
  }
  return { added, removed }
}

/** Every file of which the content differs, in order of path. */
export const changedFiles = (start: Start, now: Tree): FileChange[] => {
  const files = [...new Set([...start.hashes.keys(), ...now.hashes.keys()])].sort()
  return (
    files
      .filter((file) => start.hashes.get(file) !== now.hashes.get(file))
      // A commit holds no more of a link than its path: what it leads to may lie outside, or be ignored.
      .filter((file) => start.guards !== null || !isSameTarget(start.hashes.get(file), now.hashes.get(file)))
      // A commit does not hold what git ignores, so such a file is only compared where the start knew it.
      .filter((file) => start.guards !== null || start.hashes.has(file) || now.project.exists(file))
      .map((file) => {
        const before = start.texts.get(file) ?? null
        const after = now.project.text(file)
        const is = !start.hashes.has(file) ? 'new' : now.hashes.has(file) ? 'changed' : 'gone'
        return { file, before, after, is, ...numbered(unifiedDiff(file, before, after)) }
      })
  )
}
