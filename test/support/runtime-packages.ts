import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { read, root } from './repository.ts'

const Entry = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
})
const Lock = z.object({ packages: z.record(z.string(), Entry) })
type Lock = z.infer<typeof Lock>

export type RuntimePackage = {
  name: string
  /** folder below the root, as the lockfile names it */
  folder: string
  license: string
  hasInstallScript: boolean
}

/** Where Node would find a package from a folder: the nearest node_modules upwards. */
const locate = ({ packages }: Lock, from: string, name: string): string | undefined => {
  const parts = from.split('/')
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const folder = [...parts.slice(0, depth), 'node_modules', name].join('/')
    if (packages[folder] !== undefined) return folder
  }
  return undefined
}

/** Everything that installing the published package brings, the optional parts included. */
export const runtimePackages = (): RuntimePackage[] => {
  const lock = Lock.parse(JSON.parse(read('package-lock.json')))
  const found = new Map<string, RuntimePackage>()
  const follow = (folder: string): void => {
    const { dependencies, optionalDependencies } = lock.packages[folder] ?? {}
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const next = locate(lock, folder, name)
      if (next === undefined || found.has(next)) continue
      const { license = '', hasInstallScript = false } = lock.packages[next] ?? {}
      found.set(next, { name, folder: next, license, hasInstallScript })
      follow(next)
    }
  }
  follow('packages/plimsoll')
  return [...found.values()]
}

/** Bytes of a folder without the packages nested in it; 0 where it is not installed (another platform). */
export const sizeOf = (folder: string): number => {
  const path = join(root, folder)
  if (!existsSync(path)) return 0
  const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => name !== 'node_modules')
  return entries
    .map((entry) =>
      entry.isDirectory() ? sizeOf(join(folder, entry.name)) : lstatSync(join(path, entry.name)).size,
    )
    .reduce((total, bytes) => total + bytes, 0)
}
