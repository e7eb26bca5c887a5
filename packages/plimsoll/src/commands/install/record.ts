import { createHash } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '../../base/json/parse-json.ts'
import { Splice } from './splice.ts'

export const RECORD_FILE = '.plimsoll/installed.json'

/** What an installation did to one file, so that it can be undone to the byte while nobody else has changed it. */
const Installed = z.object({
  /** of the text as it was left */
  hash: z.string(),
  /** there was no file before */
  isNew: z.boolean(),
  splices: z.array(Splice),
  /** folders that were made for it, outermost first */
  folders: z.array(z.string()),
})
export type Installed = z.infer<typeof Installed>

/** host -> file -> what was done */
const InstallRecord = z.record(z.string(), z.record(z.string(), Installed))
export type InstallRecord = z.infer<typeof InstallRecord>

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A record that cannot be read is none: the files are then cleaned by what stands in them. */
export const readRecord = (text: string | null): InstallRecord =>
  InstallRecord.catch({}).parse(parseJson(text ?? '') ?? {})
