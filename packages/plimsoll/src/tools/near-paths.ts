import { basename } from 'node:path'
import { distance } from '../base/text/nearest.ts'
import { listFiles } from '../instruments/source/list-files.ts'

const MOST = 3

/** Paths of the workspace that a wrong one was most likely meant for, the likeliest first. */
export const nearPaths = (root: string, path: string): string[] => {
  const name = basename(path).toLowerCase()
  const limit = Math.max(2, Math.floor(name.length / 3))
  return [...listFiles(root).keys()]
    .map((file) => ({ file, edits: distance(name, basename(file).toLowerCase()) }))
    .filter(({ edits }) => edits <= limit)
    .map(({ file, edits }) => ({ file, edits, whole: distance(path, file) }))
    .sort((a, b) => a.edits - b.edits || a.whole - b.whole)
    .slice(0, MOST)
    .map(({ file }) => file)
}

/** `There is no src/db.ts. Did you mean src/store/db.ts?` */
export const tellAbsent = (root: string, path: string): string => {
  const near = nearPaths(root, path)
  return near.length === 0
    ? `There is no ${path}. Find it with glob.`
    : `There is no ${path}. Did you mean ${near.join(', or ')}?`
}
