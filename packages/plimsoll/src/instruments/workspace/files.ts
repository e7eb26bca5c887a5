/** A file as a tool sees it. */
export type Entry = { path: string; bytes: number; isFolder: boolean }

/**
 * Files of one workspace. Paths are relative to it, or absolute; symbolic links are followed before a path is judged.
 *
 * **Contract:** refuses with a fault (E_OUTSIDE_WORKSPACE) what lies outside; writes are atomic (a temporary file,
 * then a rename) and keep the mode of what they replace.
 */
export type Files = {
  /** absolute, symbolic links resolved */
  readonly root: string
  /** null where there is none */
  read(path: string): Promise<Uint8Array | null>
  write(path: string, text: string): Promise<void>
  remove(path: string): Promise<void>
  list(path: string): Promise<Entry[]>
  stat(path: string): Promise<Entry | null>
  /** relative to the workspace, links resolved; a fault where it lies outside */
  place(path: string): Promise<string>
}
