import type { Workspace } from './list-workspace.ts'

export type Change = { file: string; how: 'added' | 'removed' | 'changed' }

/**
 * Where the states of a workspace are kept.
 *
 * **Contract:** knows nothing of what may be restored; `put` writes exactly the files it is given, with the content,
 * kind and executable bit that they had then.
 */
export type SnapshotStore = {
  /** the workspace as it was listed; the same id when nothing changed since the last one */
  save(workspace: Workspace, note: string): Promise<string>
  /** of files, from one to the other, sorted */
  changes(from: string, to: string): Promise<Change[]>
  /** files that were there then and are not kept */
  leftOut(snapshot: string): Promise<readonly string[]>
  put(snapshot: string, files: readonly string[]): Promise<void>
  read(snapshot: string, file: string): Promise<string | null>
  diff(from: string, to: string): Promise<string>
}
