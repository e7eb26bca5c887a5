import ts from 'typescript'
import { z } from 'zod'
import type { LockedVersion } from './lock.ts'

const BunLock = z.object({ packages: z.record(z.string(), z.array(z.unknown()).catch([])).catch({}) })

/** bun.lock: JSON with trailing commas, `packages.<name> = ["name@version", …]`. */
export const readBunLock = (text: string): LockedVersion => {
  const lock = BunLock.parse(ts.parseConfigFileTextToJson('bun.lock', text).config ?? {})
  return (name) => {
    const first = lock.packages[name]?.[0]
    return typeof first === 'string' ? first.slice(first.indexOf('@', 1) + 1) : null
  }
}
