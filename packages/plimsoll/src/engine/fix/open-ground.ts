import { join } from 'node:path'
import { openProject } from '../../instruments/source/open-project.ts'
import type { Project } from '../../instruments/source/project.ts'
import { type Applied, applyPatch } from '../../instruments/worktree/apply-patch.ts'
import { stageCopy } from '../../lab/copy/stage-copy.ts'
import type { Patch } from '../../model/patch.ts'

/** A copy of the repository as it is now, uncommitted changes included, in which patches are tried. */
export type Ground = {
  /** absolute */
  root: string
  /** the files as they are after the patches so far */
  read(): Promise<Project>
  /** false where a file is not as the patch found it; nothing changes then */
  put(patch: Patch): Promise<boolean>
  /** takes every patch out again */
  clear(): Promise<void>
}

let grounds = 0

/** @param root absolute folder of the backend; read, never written */
export const openGround = async (root: string, scratchDir: string, signal: AbortSignal): Promise<Ground> => {
  grounds += 1
  const to = join(scratchDir, `ground-${grounds}`)
  const copy = await stageCopy({ root, to, install: false, signal })
  const applied: Applied[] = []
  return {
    root: copy.root,
    read: () => openProject(copy.root),
    put: async ({ changes }) => {
      const one = await applyPatch(copy.root, changes)
      if (one !== null) applied.push(one)
      return one !== null
    },
    clear: async () => {
      for (const one of applied.splice(0).reverse()) await one.revert()
    },
  }
}
