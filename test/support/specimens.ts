import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { experiments } from '../../packages/plimsoll/src/experiments/catalogue.generated.ts'
import { inspections } from '../../packages/plimsoll/src/inspections/catalogue.generated.ts'
import { root } from './prove-specimen.ts'

export type Specimen = {
  /** `specimens/express/slow-store` */
  folder: string
  /** the probe whose defect it has: the folder is called like it, or starts with its name and a dash */
  probe: string
}

const foldersIn = (dir: string) =>
  readdirSync(join(root, dir), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map((entry) => entry.name)
    .sort()

const probes = [...experiments, ...inspections].map(({ id }) => id).sort((a, b) => b.length - a.length)

/** Every twin there is, with the probe that it is for; a folder for no probe is a mistake. */
export const specimens = (): Specimen[] =>
  foldersIn('specimens').flatMap((framework) =>
    foldersIn(`specimens/${framework}`).map((name) => {
      const probe = probes.find((id) => name === id || name.startsWith(`${id}-`))
      const folder = `specimens/${framework}/${name}`
      if (probe === undefined)
        throw new Error(`${folder} is named after no experiment or inspection: rename it.`)
      for (const twin of ['broken', 'fixed']) {
        if (!existsSync(join(root, folder, twin))) throw new Error(`${folder} has no ${twin}/ twin: add it.`)
      }
      return { folder, probe }
    }),
  )

const isPython = (folder: string) => existsSync(join(root, folder, 'fixed/requirements.txt'))

/** Python has no packages in the checkout; where the machine has none either, the reason is printed. */
const canRunPython = () => {
  const { status } = spawnSync('python3', ['-c', 'import flask, psycopg, psycopg_pool'], { stdio: 'ignore' })
  if (status !== 0)
    console.log(
      'skipped: Python specimens. Install specimens/flask/*/*/requirements.txt with pip to run them.',
    )
  return status === 0
}

/** Folders of the specimens that cannot run on this machine. */
export const absent = (all: readonly Specimen[]): ReadonlySet<string> => {
  const python = all.map(({ folder }) => folder).filter(isPython)
  return new Set(python.length > 0 && !canRunPython() ? python : [])
}
