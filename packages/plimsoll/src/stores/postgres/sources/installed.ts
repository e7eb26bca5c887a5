import { constants } from 'node:fs'
import { access, readdir, realpath } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { ask } from '../../../instruments/process/ask.ts'
import type { Binaries, Source } from '../instance.ts'
import { startLocal } from '../local.ts'

const OLDEST_MAJOR = 13

/** `*` stands for one folder; of several the newest comes first. */
const PLACES = [
  '/usr/lib/postgresql/*/bin',
  '/usr/pgsql-*/bin',
  '/opt/homebrew/opt/postgresql@*/bin',
  '/opt/homebrew/opt/postgresql/bin',
  '/usr/local/opt/postgresql@*/bin',
  '/usr/local/opt/postgresql/bin',
  '/Applications/Postgres.app/Contents/Versions/*/bin',
  '/usr/local/pgsql/bin',
  '/usr/libexec/postgresql*',
]

const newestFirst = new Intl.Collator('en', { numeric: true })

const expand = async (place: string): Promise<string[]> => {
  const [before, after] = place.split('*')
  if (before === undefined || after === undefined) return [place]
  const parent = before.endsWith('/') ? before : dirname(before)
  const start = before.slice(parent.length).replace('/', '')
  const names = await readdir(parent).catch(() => [])
  return names
    .filter((name) => name.startsWith(start))
    .sort((one, other) => newestFirst.compare(other, one))
    .map((name) => join(parent, name, after))
}

const parseVersion = (text: string): string | null => /\b(\d+(?:\.\d+)?)/.exec(text)?.[1] ?? null

const inspect = async (dir: string): Promise<Binaries | null> => {
  try {
    const postgres = await realpath(join(dir, 'postgres'))
    const initdb = await realpath(join(dir, 'initdb'))
    await Promise.all([access(postgres, constants.X_OK), access(initdb, constants.X_OK)])
    const version = parseVersion((await ask(postgres, ['--version'], 5_000)).stdout)
    return version ? { postgres, initdb, version, label: 'found on this machine' } : null
  } catch {
    return null
  }
}

/** Server programs of this machine, in the order in which they are tried. */
export const findInstalled = async (
  path: string,
  places: readonly string[] = PLACES,
): Promise<{ usable: Binaries | null; reason: string }> => {
  const dirs = [
    ...path.split(delimiter).filter((dir) => dir !== ''),
    ...(await Promise.all(places.map(expand))).flat(),
  ]
  let reason = 'no initdb and postgres on this machine'
  for (const dir of new Set(dirs)) {
    const binaries = await inspect(dir)
    if (binaries && Number.parseInt(binaries.version, 10) >= OLDEST_MAJOR) return { usable: binaries, reason }
    if (binaries) reason = `the PostgreSQL ${binaries.version} of this machine is older than ${OLDEST_MAJOR}`
  }
  return { usable: null, reason }
}

export const installed: Source = {
  id: 'installed',
  look: async () => {
    const { usable, reason } = await findInstalled(process.env.PATH ?? '')
    if (!usable) return { found: false, reason }
    const { label, version } = usable
    return { found: true, label, version, start: (need) => startLocal(need, usable) }
  },
}
