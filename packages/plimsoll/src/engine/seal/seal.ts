import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeWhole } from '../../instruments/files/write.ts'
import type { Run } from '../../model/run.ts'
import { parseRun } from '../runs/read-run.ts'
import { sealKey } from './seal-key.ts'

/** Beside the Run: that this engine wrote it, for this user. */
const SEAL = 'run.seal'

const sealOf = (text: string, key: string) =>
  createHmac('sha256', Buffer.from(key, 'hex')).update(`plimsoll run 1\n${text}`).digest()

/**
 * Seals a Run of which the engine knows the text because it has just made it. Where no key can be kept, it stays
 * without: it reads as before, and nobody takes it for evidence.
 * @param root absolute folder that was proved
 */
export const sealRun = async (text: string, dir: string, root: string): Promise<void> => {
  const key = sealKey(root)
  if (key === null) return
  await writeWhole(join(dir, SEAL), `${sealOf(text, key).toString('hex')}\n`).catch(() => undefined)
}

/** A Run that this engine wrote for this user, and that nobody changed since; null for any other file. */
export const readSealedRun = (file: string, root: string): Run | null => {
  try {
    const text = readFileSync(file, 'utf8')
    const given = Buffer.from(readFileSync(join(dirname(file), SEAL), 'utf8').trim(), 'hex')
    const key = sealKey(root)
    const seal = key === null ? null : sealOf(text, key)
    if (seal === null || seal.length !== given.length || !timingSafeEqual(seal, given)) return null
    return parseRun(text, file)
  } catch {
    return null
  }
}
