import { z } from 'zod'
import { fromDir, upwards } from '../paths.ts'
import type { LockedVersion } from './lock.ts'

const Entries = z.record(z.string(), z.object({ version: z.string().optional().catch(undefined) }).catch({}))
const NpmLock = z.object({ packages: Entries.optional(), dependencies: Entries.optional() })

/** package-lock.json of lockfileVersion 1 (`dependencies`), 2 and 3 (`packages`). */
export const readNpmLock = (text: string, lockDir: string): LockedVersion => {
  const lock = NpmLock.parse(JSON.parse(text))
  return (name, dir) => {
    const own = fromDir(lockDir, dir) || '.'
    for (const folder of upwards(own)) {
      const key = folder === '.' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
      const version = lock.packages?.[key]?.version
      if (version !== undefined) return version
    }
    return lock.dependencies?.[name]?.version ?? null
  }
}
