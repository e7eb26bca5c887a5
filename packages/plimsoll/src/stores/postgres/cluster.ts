import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { shortId } from '../../base/ids/short-id.ts'
import type { Supervisor } from '../../instruments/process/process.ts'
import { cached, discard, openCache } from './cache.ts'
import type { Binaries } from './instance.ts'
import type { Owner } from './owner.ts'
import { copyTree } from './tree.ts'

/** The bootstrap superuser, named so because dumps and migrations often name it. */
export const BOOTSTRAP_USER = 'postgres'

/** Best first: characters of every language compare and fold; plain C where the system lacks that locale. */
const LOCALES = ['C.UTF-8', 'C']

/** Nothing of our own environment reaches the server. */
export const SERVER_ENV = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

const makeOwnFolder = async (dir: string, owner: Owner): Promise<void> => {
  await mkdir(dir, { mode: 0o700 })
  if (owner) await chown(dir, owner.uid, owner.gid)
}

const initialise = async (
  supervisor: Supervisor,
  binaries: Binaries,
  owner: Owner,
  dir: string,
): Promise<void> => {
  const secret = join(dir, 'secret')
  await writeFile(secret, randomBytes(18).toString('hex'), { mode: 0o600 })
  if (owner) await chown(secret, owner.uid, owner.gid)
  const data = join(dir, 'data')
  let said = ''
  for (const locale of LOCALES) {
    await makeOwnFolder(data, owner)
    const made = await supervisor.run({
      command: {
        file: binaries.initdb,
        args: [
          ...['-D', data, '-U', BOOTSTRAP_USER, '-E', 'UTF8', `--locale=${locale}`],
          ...['--auth=scram-sha-256', `--pwfile=${secret}`, '--no-sync'],
        ],
      },
      cwd: data,
      env: SERVER_ENV,
      ...owner,
      timeoutMs: 120_000,
    })
    if (made.exit?.code === 0) return chmod(dir, 0o700)
    said = made.logs
      .map((line) => line.text)
      .join(' ')
      .slice(-400)
    await rm(data, { recursive: true, force: true })
  }
  throw fault('E_STORE_UNAVAILABLE', {
    store: 'PostgreSQL',
    reason: `${binaries.initdb} failed: ${said}`,
    install: 'Run that program by hand to see why, or name another server with "stores.postgres.url".',
  })
}

export type Cluster = { dataDir: string; password: string; forget(): Promise<void> }

/**
 * A new data folder in the scratch folder, copied from a cluster that is made once for each build of PostgreSQL.
 * `password` is the bootstrap user's. `forget` drops the cached one, when the copy turned out to be unusable.
 */
export const makeCluster = async (
  supervisor: Supervisor,
  binaries: Binaries,
  owner: Owner,
): Promise<Cluster> => {
  const cache = await openCache()
  const name = `cluster-${binaries.version}-${shortId([binaries.postgres, String(owner?.uid ?? '')], 6)}`
  const template = await cached(cache, name, (dir) => initialise(supervisor, binaries, owner, dir))
  await chmod(supervisor.scratchDir, 0o711)
  const dataDir = join(supervisor.scratchDir, `postgres-${randomBytes(4).toString('hex')}`)
  await makeOwnFolder(dataDir, owner)
  await copyTree(join(template, 'data'), dataDir, owner ?? undefined)
  return {
    dataDir,
    password: await readFile(join(template, 'secret'), 'utf8'),
    forget: () => discard(template),
  }
}
