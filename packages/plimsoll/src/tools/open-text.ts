import { readTextFile, type TextFile } from '../instruments/workspace/text-file.ts'
import type { ToolContext } from './define.ts'
import { tellAbsent } from './near-paths.ts'

export type OpenText = { file: TextFile; place: string } | { problem: string }

/** A file that is to be changed; what is wrong with it, for a model, where it cannot be. */
export const openText = async ({ files, root }: ToolContext, path: string): Promise<OpenText> => {
  const place = await files.place(path)
  const entry = await files.stat(path)
  if (entry === null) return { problem: tellAbsent(root, place) }
  if (entry.isFolder) return { problem: `${place} is a folder. Give a file in it.` }
  const file = readTextFile((await files.read(path)) ?? new Uint8Array())
  return file === null
    ? { problem: `${place} is a binary file: it can be replaced, not edited.` }
    : { file, place }
}
