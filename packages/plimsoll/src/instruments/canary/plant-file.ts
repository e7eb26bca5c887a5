import { link, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Programs append an ending of their own to the name they are given: the same text is there under each. */
const ENDINGS = [
  'txt',
  'json',
  'html',
  'htm',
  'md',
  'xml',
  'csv',
  'pdf',
  'png',
  'jpg',
  'svg',
  'log',
  'ejs',
  'pug',
]

export type PlantedFile = {
  /** absolute */
  path: string
  /** an empty folder beside it, absolute */
  folder: string
  /** names of files that somebody else put into the folder */
  appeared(): Promise<string[]>
  remove(): Promise<void>
}

/** Writes a file, readable by whoever finds it, and an empty folder, into a new folder `dir`. */
export const plantFile = async (dir: string, name: string, text: string): Promise<PlantedFile> => {
  const path = join(dir, name)
  const folder = join(dir, 'landing')
  await mkdir(folder, { recursive: true, mode: 0o777 })
  await writeFile(path, text)
  for (const ending of ENDINGS) await link(path, `${path}.${ending}`)
  return {
    path,
    folder,
    appeared: () => readdir(folder).catch(() => []),
    remove: () => rm(dirname(path), { recursive: true, force: true }),
  }
}
