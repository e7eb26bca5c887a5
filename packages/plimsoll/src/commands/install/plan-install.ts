import { dirname } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import type { InstalledFile } from '../../hosts/define.ts'
import type { Files } from '../../instruments/workspace/files.ts'
import { hashOf, type Installed } from './record.ts'
import { type Splice, spliceBetween, undoSplices } from './splice.ts'

/** What happens to one file; the same text twice where nothing does. */
export type PlannedFile = {
  file: string
  /** `the agent`, `MCP server and stop hook` */
  what: string
  before: string | null
  after: string | null
  /** what has to be known to undo it; null where there is nothing to undo any more */
  installed: Installed | null
  /** folders that nothing is left in once the file is gone, innermost first */
  emptied: readonly string[]
}

export type PlanOptions = {
  files: Files
  /** changes in the order of the host; several may be of one file */
  changes: readonly InstalledFile[]
  /** what an earlier installation for this host did, by file */
  earlier: Readonly<Record<string, Installed>>
  uninstall: boolean
}

const readText = async (files: Files, file: string): Promise<string | null> => {
  const bytes = await files.read(file)
  if (bytes === null) return null
  const text = Buffer.from(bytes).toString('utf8')
  if (Buffer.from(text).equals(bytes)) return text
  throw fault('E_NOT_INSTALLED', {
    problem: `${file} is no text in UTF-8`,
    mend: 'Save it as UTF-8; then run it again.',
  })
}

/** Folders on the way to a file that are not there yet, outermost first. */
const missingFolders = async (files: Files, file: string): Promise<string[]> => {
  const missing: string[] = []
  for (let dir = dirname(file); dir !== '.'; dir = dirname(dir))
    if ((await files.stat(dir)) === null) missing.unshift(dir)
  return missing
}

/** The text without what the earlier installation did, where it is still as that left it; otherwise as it is. */
const withoutEarlier = (current: string | null, earlier: Installed | undefined) => {
  const isAsLeft = current !== null && earlier !== undefined && hashOf(current) === earlier.hash
  if (!isAsLeft) return { base: current, isAsLeft }
  return { base: earlier.isNew ? null : undoSplices(current, earlier.splices), isAsLeft }
}

const applyAll = (base: string | null, changes: readonly InstalledFile[]) => {
  const splices: Splice[] = []
  let text = base
  for (const { change } of changes) {
    const next = change(text)
    if (text !== null && next !== null && next !== text) splices.push(spliceBetween(text, next))
    text = next
  }
  return { text, splices }
}

const planFile = async (file: string, options: PlanOptions): Promise<PlannedFile> => {
  const { files, earlier, uninstall } = options
  const changes = options.changes.filter((one) => one.file === file)
  const what = changes.map((one) => one.what).join(' and ')
  const before = await readText(files, file)
  const known = earlier[file]
  const { base, isAsLeft } = withoutEarlier(before, known)
  if (uninstall) {
    const isOthers = Object.keys(earlier).length > 0 && known === undefined
    const after = isAsLeft ? base : isOthers ? before : applyAll(before, changes).text
    const emptied = after === null ? [...(known?.folders ?? [])].reverse() : []
    return { file, what, before, after, installed: null, emptied }
  }
  const { text: after, splices } = applyAll(base, changes)
  const folders = isAsLeft ? (known?.folders ?? []) : await missingFolders(files, file)
  const isSame = after === base
  const installed =
    after === null || isSame ? null : { hash: hashOf(after), isNew: base === null, splices, folders }
  return { file, what, before, after, installed: isSame ? (known ?? null) : installed, emptied: [] }
}

/**
 * Everything that an installation, or its undoing, would do; nothing is written.
 * @throws E_NOT_INSTALLED where a file cannot be understood, or is somebody else's
 */
export const planInstall = async (options: PlanOptions): Promise<PlannedFile[]> => {
  const names = [...new Set(options.changes.map(({ file }) => file))]
  const planned: PlannedFile[] = []
  for (const file of names) planned.push(await planFile(file, options))
  return planned
}
