import { parse } from 'yaml'
import { z } from 'zod'
import { fromDir } from '../paths.ts'
import type { LockedVersion } from './lock.ts'

const Versions = z
  .record(
    z.string(),
    z
      .union([
        z.string(),
        z.number(),
        z.object({ version: z.coerce.string() }).transform((one) => one.version),
      ])
      .catch(''),
  )
  .optional()
  .catch(undefined)
const Importer = z.object({
  dependencies: Versions,
  devDependencies: Versions,
  optionalDependencies: Versions,
})
const PnpmLock = Importer.extend({ importers: z.record(z.string(), Importer).optional() })

/** Only what stands above `packages:` matters, and it is a small part of a large file. */
const head = (text: string) => {
  const end = /^(packages|snapshots):/m.exec(text)?.index
  return text.slice(0, end)
}

/** pnpm-lock.yaml from version 5 on; peer suffixes (`1.2.3(pg@8)`, `1.2.3_pg@8`) are cut. */
export const readPnpmLock = (text: string, lockDir: string): LockedVersion => {
  const lock = PnpmLock.parse(parse(head(text)) ?? {})
  return (name, dir) => {
    const importer = lock.importers?.[fromDir(lockDir, dir) || '.'] ?? lock
    const version =
      importer.dependencies?.[name] ??
      importer.devDependencies?.[name] ??
      importer.optionalDependencies?.[name]
    const exact = /^\d+\.\d+\.\d+[^(_]*/.exec(String(version ?? ''))?.[0]
    return exact ?? null
  }
}
