import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import type { StoreDatabase, StoreNeed, StoreServer } from '../define.ts'
import { copyDatabases, removeDatabases } from './files.ts'
import { findDatabases } from './find-files.ts'
import { canRead, digestFiles, queryFile } from './read.ts'

/** The largest, since an app with several keeps its data in one and its sessions in another. */
const mainFile = async (dir: string): Promise<string> => {
  let main: { path: string; size: number } | null = null
  for (const file of await findDatabases(dir)) {
    const path = join(dir, file)
    const { size } = await stat(path)
    if (!main || size > main.size) main = { path, size }
  }
  if (main) return main.path
  throw fault('E_STORE_UNAVAILABLE', {
    store: 'SQLite',
    reason: 'the app has made no database file in its folder yet',
    install: 'Set "migrate" in plimsoll.config.json to the command that makes it.',
  })
}

/** Looks for the files anew at each question: an app may make its database when it first starts. */
const databaseIn = (dir: string, files: readonly string[]): StoreDatabase => ({
  endpoint: null,
  files,
  query: async (sql, parameters = []) => ({ rows: queryFile(await mainFile(dir), sql, parameters) }),
  digest: async () => {
    const found = await findDatabases(dir)
    return digestFiles(
      found.map((file) => ({ path: join(dir, file), prefix: found.length > 1 ? `${file}:` : '' })),
    )
  },
  // The folder is a staged copy that ends with the run.
  drop: async () => {},
})

/**
 * No process: the databases are files in the staged app. Sealing keeps what migrations and seed made; a copy puts
 * exactly that back, into the folder where the app will run next.
 */
export const startSqlite = async (need: StoreNeed): Promise<StoreServer> => {
  const kept = join(need.supervisor.scratchDir, 'sqlite-sealed')
  let sealed: readonly string[] | null = null
  return {
    version: null,
    how: canRead()
      ? 'SQLite, files of the app'
      : 'SQLite, files of the app (this Node cannot look into them)',
    endpoint: null,
    template: async () => databaseIn(need.appDir, await findDatabases(need.appDir)),
    seal: async () => {
      sealed = await findDatabases(need.appDir)
      await rm(kept, { recursive: true, force: true })
      await mkdir(kept, { recursive: true })
      await copyDatabases(need.appDir, kept, sealed)
    },
    copy: async (into = need.appDir) => {
      if (!sealed) throw fault('E_BUG', { message: 'a database was copied before its template was sealed' })
      await removeDatabases(into)
      await copyDatabases(kept, into, sealed)
      return databaseIn(into, sealed)
    },
    stop: () => rm(kept, { recursive: true, force: true }),
  }
}
