/**
 * Copies of the workspace, one for each step that changed something, in a git directory of our own below
 * `.plimsoll/sessions`: the project's own repository, index and branches are never touched, and none is needed.
 */
export type Checkpoints = {
  /** the workspace as it is now; the same id when nothing changed */
  take(note: string): Promise<{ snapshot: string; changed: readonly string[] }>
  /** puts the files back as they were then, and gives those that changed; ignored files stay as they are */
  restore(snapshot: string): Promise<readonly string[]>
  /** unified diff between two, or to the workspace as it is */
  diff(from: string, to?: string): Promise<string>
  /** text of a file then; null where it was not there */
  read(snapshot: string, file: string): Promise<string | null>
}
