import { describe, expect, test } from 'vitest'
import { experiments } from '../../packages/plimsoll/src/experiments/catalogue.generated.ts'
import { inspections } from '../../packages/plimsoll/src/inspections/catalogue.generated.ts'
import type { Run } from '../../packages/plimsoll/src/model/run.ts'
import { dueToday } from '../support/due-today.ts'
import { executeFolder } from '../support/execute-specimen.ts'
import { proveFolder } from '../support/prove-specimen.ts'
import { absent, type Specimen, specimens } from '../support/specimens.ts'

const said = (run: Run, probe: string) =>
  run.verdicts
    .filter((verdict) => verdict.probe === probe)
    .map(({ status, tier, title, detail }) => ({ status, tier, title, detail }))

const isExperiment = (probe: string) => experiments.some(({ id }) => id === probe)

/** Reading alone may leave room for doubt: an inspection is held to the tier that it claims itself. */
const refutations = (run: Run, probe: string) =>
  said(run, probe).filter(
    ({ status, tier }) => status === 'refuted' && (tier === 'defect' || !isExperiment(probe)),
  )

test('every experiment and inspection has a specimen', () => {
  const covered = new Set(specimens().map(({ probe }) => probe))
  const bare = [...experiments, ...inspections].map(({ id }) => id).filter((id) => !covered.has(id))
  expect(bare, 'add specimens/<framework>/<id>/{broken,fixed} for these').toEqual([])
})

const missing = absent(specimens())

/** It keeps a core busy for seconds in each execution. */
const COSTLY: ReadonlySet<string> = new Set(['specimens/express/exhaustion-redos'])

const placeOf = (probe: string) => experiments.findIndex(({ id }) => id === probe)

/**
 * One specimen of each probe goes the whole way, confirmations included, every second day; of the others one execution
 * says enough.
 */
const isFirst = ({ folder, probe }: Specimen) =>
  dueToday(placeOf(probe), 2) &&
  specimens().find((one) => one.probe === probe && !missing.has(one.folder) && !COSTLY.has(one.folder))
    ?.folder === folder

const twins = ({ folder, probe }: Specimen) => {
  const once = !isFirst({ folder, probe }) && isExperiment(probe)
  if (once)
    test.skipIf(missing.has(folder))('broken is refuted', async () => {
      const { judged } = await executeFolder(`${folder}/broken`, probe)
      const found = judged.filter(({ status, tier }) => status === 'refuted' && tier === 'defect')
      expect(found, JSON.stringify(judged, null, 1)).not.toEqual([])
    })

  if (!once)
    test.skipIf(missing.has(folder))('broken is refuted, each time', async () => {
      const run = await proveFolder(`${folder}/broken`, [probe])
      expect(run.problem).toBeUndefined()
      expect(refutations(run, probe), JSON.stringify(said(run, probe), null, 1)).not.toEqual([])
      for (const verdict of run.verdicts.filter(({ status }) => status === 'refuted')) {
        expect(verdict.confirmations.passed).toBe(verdict.confirmations.of)
      }
    })

  test.skipIf(missing.has(folder))('fixed is proven', async () => {
    const run = await proveFolder(`${folder}/fixed`, [probe])
    expect(run.problem).toBeUndefined()
    expect(said(run, probe).filter(({ status }) => status === 'refuted' || status === 'errored')).toEqual([])
    expect(said(run, probe).filter(({ status }) => status === 'proven')).not.toEqual([])
  })
}

/** They use the machine up, so that nothing may run beside them. */
const LOADING = ['soak']
/** test/proof/load-line.test.ts proves these, and what limits them. */
const ELSEWHERE = ['load-line']

/** Of an experiment with several specimens the first one every day, and of the others one half and then the other. */
const isDue = ({ folder, probe }: Specimen) => {
  const place = specimens()
    .filter((one) => one.probe === probe)
    .findIndex((one) => one.folder === folder)
  return place === 0 || !isExperiment(probe) || dueToday(place, 2)
}

const here = specimens().filter((one) => !ELSEWHERE.includes(one.probe) && isDue(one))

// Proofs wait more than they compute: six at once fit on two cores.
describe.concurrent.each(here.filter(({ probe }) => !LOADING.includes(probe)))('$folder', twins)

describe.sequential.each(here.filter(({ probe }) => LOADING.includes(probe)))('$folder', twins)
