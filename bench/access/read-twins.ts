import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { experiments } from '../../packages/plimsoll/src/experiments/catalogue.generated.ts'
import { root } from '../../test/support/prove-specimen.ts'

const TwinFile = z.strictObject({
  /** how the subjects of the seeded defects begin, in broken/ */
  flaws: z.array(z.string()).min(1),
  /** subjects that look like a defect and are none -> why not */
  decoys: z.record(z.string(), z.string()).default({}),
})

export type Twin = z.infer<typeof TwinFile> & { folder: string; probe: string }

const probes = experiments.map(({ id }) => id).sort((a, b) => b.length - a.length)

/** Every specimen that says in twin.json what is wrong with it. */
export const readTwins = (): Twin[] =>
  readdirSync(join(root, 'specimens'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /^\w+\/[\w-]+\/twin\.json$/.test(path))
    .map((path) => `specimens/${path}`)
    .sort()
    .map((file) => {
      const folder = dirname(file)
      const probe = probes.find((id) => basename(folder) === id || basename(folder).startsWith(`${id}-`))
      if (probe === undefined) throw new Error(`${folder} is named after no experiment: rename it.`)
      return { folder, probe, ...TwinFile.parse(JSON.parse(readFileSync(join(root, file), 'utf8'))) }
    })
