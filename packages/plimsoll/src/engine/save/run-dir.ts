import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { ensureWritable } from '../../instruments/files/write.ts'

export type RunPlace = {
  id: string
  dir: string
  /** removes the folder again when nothing was written into it */
  discardIfEmpty(): Promise<void>
}

const stamp = (now: Date) => now.toISOString().slice(0, 10).replaceAll('-', '')

const taken = (thrown: unknown) => thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST'

const claim = async (runsDir: string, base: string): Promise<string> => {
  for (let attempt = 1; attempt < 10_000; attempt += 1) {
    const id = attempt === 1 ? base : `${base}-${attempt}`
    try {
      await mkdir(join(runsDir, id))
      return id
    } catch (cause) {
      if (!taken(cause)) throw fault('E_CANNOT_WRITE', { dir: runsDir, problem: String(cause) }, { cause })
    }
  }
  throw fault('E_CANNOT_WRITE', { dir: runsDir, problem: `10,000 runs of ${base} are there already` })
}

/** A folder of its own for this Run, before anything is started: `20261122-3f2c`, `20261122-3f2c-2`, … */
export const reserveRunDir = async (runsDir: string, now: Date, commit: string | null): Promise<RunPlace> => {
  await ensureWritable(runsDir)
  if (runsDir.endsWith(join('.plimsoll', 'runs'))) {
    await writeFile(join(dirname(runsDir), '.gitignore'), '*\n').catch(() => undefined)
  }
  const id = await claim(runsDir, `${stamp(now)}-${commit?.slice(0, 4) ?? 'work'}`)
  const dir = join(runsDir, id)
  return {
    id,
    dir,
    async discardIfEmpty() {
      if ((await readdir(dir).catch(() => [])).length === 0) await rm(dir, { recursive: true, force: true })
    },
  }
}
