import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from '../../test/support/prove-specimen.ts'
import { specimens } from '../../test/support/specimens.ts'

const TwinFile = z.strictObject({
  /** how the subjects of the seeded defects begin, in broken/ */
  flaws: z.array(z.string()).min(1),
  /** subjects that look like a defect and are none -> why not */
  decoys: z.record(z.string(), z.string()).default({}),
})

export type Twin = z.infer<typeof TwinFile> & { folder: string; probe: string }

/** Every specimen that says in twin.json what is wrong with it. */
export const readTwins = (): Twin[] =>
  specimens().flatMap(({ folder, probe }) => {
    const file = join(root, folder, 'twin.json')
    if (!existsSync(file)) return []
    return [{ folder, probe, ...TwinFile.parse(JSON.parse(readFileSync(file, 'utf8'))) }]
  })
