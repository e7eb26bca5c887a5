import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openListener } from '../../instruments/canary/open-listener.ts'
import { plantFile } from '../../instruments/canary/plant-file.ts'
import type { Canary } from '../lab.ts'

export type OpenedCanary = Canary & { close(): Promise<void> }

const word = () => randomBytes(12).toString('hex')

/** Listens, and plants a file below this scratch folder: what removes the folder removes it too. */
export const openCanary = async (scratchDir: string, nowMs: () => number): Promise<OpenedCanary> => {
  const text = `plimsoll-listener-${word()}`
  const file = { text: `plimsoll-file-${word()}` }
  const planted = await plantFile(join(scratchDir, `canary-${word()}`), 'canary', `${file.text}\n`)
  const listener = await openListener(text, nowMs).catch(async (thrown: unknown) => {
    await planted.remove()
    throw thrown
  })
  return {
    origin: listener.origin,
    text,
    hits: listener.hits,
    file: { ...file, path: planted.path },
    folder: planted.folder,
    appeared: planted.appeared,
    close: async () => {
      await listener.close()
      await planted.remove()
    },
  }
}
