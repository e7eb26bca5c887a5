import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { parseJson } from '../../base/json/parse-json.ts'
import { unifiedDiff } from '../../base/text/unified-diff.ts'
import { writeWhole } from '../../instruments/files/write.ts'
import type { Change, SnapshotStore } from './store.ts'

const MOST_BYTES = 64 << 20
const MOST_FILES = 5_000

/** By path: the hash of its content, and what it is. */
type Listing = { files: Record<string, string>; left: string[] }

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const readListing = async (file: string): Promise<Listing> => {
  const said = parseJson(await readFile(file, 'utf8').catch(() => ''))
  return typeof said === 'object' && said !== null && 'files' in said
    ? (said as Listing)
    : { files: {}, left: [] }
}

/** Copies of small trees, for machines without git: each content once, each state as a list of them. */
export const openCopyStore = async (root: string, dir: string): Promise<SnapshotStore> => {
  await mkdir(join(dir, 'contents'), { recursive: true })
  await mkdir(join(dir, 'states'), { recursive: true })
  const listingOf = (snapshot: string) => readListing(join(dir, 'states', `${snapshot}.json`))

  const keep = async (file: string): Promise<string> => {
    const path = join(root, file)
    const stat = await lstat(path)
    const bytes = stat.isSymbolicLink() ? Buffer.from(await readlink(path)) : await readFile(path)
    const hash = hashOf(bytes)
    await writeFile(join(dir, 'contents', hash), bytes, { flag: 'wx' }).catch(() => undefined)
    return `${hash} ${stat.isSymbolicLink() ? 'link' : (stat.mode & 0o100) === 0 ? 'file' : 'program'}`
  }
  const contentOf = (entry: string) => readFile(join(dir, 'contents', entry.split(' ')[0] ?? ''))
  const read = async (snapshot: string, file: string) => {
    const entry = (await listingOf(snapshot)).files[file]
    return entry === undefined ? null : (await contentOf(entry)).toString('utf8')
  }
  const changes = async (from: string, to: string): Promise<Change[]> => {
    const [before, after] = [(await listingOf(from)).files, (await listingOf(to)).files]
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
    return names.flatMap((file): Change[] => {
      if (before[file] === after[file]) return []
      const how = before[file] === undefined ? 'added' : after[file] === undefined ? 'removed' : 'changed'
      return [{ file, how }]
    })
  }
  return {
    save: async ({ files, bytes, left }) => {
      if (files.length > MOST_FILES || bytes > MOST_BYTES) {
        const size = `${files.length} files of ${Math.round(bytes / (1 << 20))} MB together`
        throw fault('E_TOO_LARGE_TO_COPY', { dir: root, size })
      }
      const listing: Listing = { files: {}, left: left.map(({ file }) => file) }
      for (const file of files) {
        const kept = await keep(file).catch(() => null)
        if (kept !== null) listing.files[file] = kept
      }
      const text = JSON.stringify(listing)
      const id = hashOf(Buffer.from(text)).slice(0, 40)
      await writeWhole(join(dir, 'states', `${id}.json`), text)
      return id
    },
    changes,
    leftOut: async (snapshot) => (await listingOf(snapshot)).left,
    put: async (snapshot, files) => {
      const listing = (await listingOf(snapshot)).files
      for (const file of files) {
        const [, kind] = (listing[file] ?? '').split(' ')
        const content = await contentOf(listing[file] ?? '')
        const path = join(root, file)
        await mkdir(dirname(path), { recursive: true })
        await rm(path, { force: true, recursive: await isEmptyFolder(path) })
        if (kind === 'link') await symlink(content.toString('utf8'), path)
        else {
          await writeFile(path, content)
          if (kind === 'program') await chmod(path, 0o755)
        }
      }
    },
    read,
    diff: async (from, to) => {
      const found = await changes(from, to)
      const parts = found.map(async ({ file }) =>
        unifiedDiff(file, await read(from, file), await read(to, file)),
      )
      return (await Promise.all(parts)).join('')
    },
  }
}

const isEmptyFolder = async (path: string) => (await readdir(path).catch(() => ['none'])).length === 0
