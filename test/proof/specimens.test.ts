import { describe, expect, type TestContext, test } from 'vitest'
import { experiments } from '../../packages/plimsoll/src/experiments/catalogue.generated.ts'
import { inspections } from '../../packages/plimsoll/src/inspections/catalogue.generated.ts'
import type { Run } from '../../packages/plimsoll/src/model/run.ts'
import type { Judgement } from '../../packages/plimsoll/src/model/verdict.ts'
import { dueToday } from '../support/due-today.ts'
import { executeFolder } from '../support/execute-specimen.ts'
import { proveFolder } from '../support/prove-specimen.ts'
import { absent, type Specimen, specimens } from '../support/specimens.ts'
import { PATIENCE_MS, untilDecided } from '../support/until-decided.ts'

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

const isDefect = ({ status, tier }: Pick<Judgement, 'status' | 'tier'>) =>
  status === 'refuted' && tier === 'defect'

/** One execution is enough to see the defect. */
const executeBroken = (folder: string, probe: string, context: TestContext) =>
  untilDecided(
    {
      name: folder,
      measure: () => executeFolder(folder, probe),
      isDecided: ({ judged }) => judged.some(isDefect),
      saidOf: ({ judged }) => judged,
    },
    context,
  )

/** @param isDecided what it is expected to say, or must not say: neither is asked for again */
const prove = (
  folder: string,
  probe: string,
  isDecided: (run: Run) => boolean,
  context: TestContext,
): Promise<Run> =>
  untilDecided(
    {
      name: folder,
      measure: () => proveFolder(folder, [probe]),
      isDecided,
      saidOf: (run) => said(run, probe),
    },
    context,
  )

const twins = ({ folder, probe }: Specimen) => {
  const once = !isFirst({ folder, probe }) && isExperiment(probe)
  if (once)
    test.skipIf(missing.has(folder))('broken is refuted', { timeout: PATIENCE_MS }, async (context) => {
      const { judged } = await executeBroken(`${folder}/broken`, probe, context)
      expect(judged.filter(isDefect), JSON.stringify(judged, null, 1)).not.toEqual([])
    })

  if (!once)
    test.skipIf(missing.has(folder))(
      'broken is refuted, each time',
      { timeout: PATIENCE_MS },
      async (context) => {
        const isSeen = (run: Run) => refutations(run, probe).length > 0
        const run = await prove(`${folder}/broken`, probe, isSeen, context)
        expect(run.problem).toBeUndefined()
        expect(refutations(run, probe), JSON.stringify(said(run, probe), null, 1)).not.toEqual([])
        for (const verdict of run.verdicts.filter(({ status }) => status === 'refuted')) {
          expect(verdict.confirmations.passed).toBe(verdict.confirmations.of)
        }
      },
    )

  test.skipIf(missing.has(folder))('fixed is proven', { timeout: PATIENCE_MS }, async (context) => {
    const accused = (run: Run) => said(run, probe).filter(({ status }) => /refuted|errored/.test(status))
    const has = (run: Run, wanted: string) => said(run, probe).some(({ status }) => status === wanted)
    const isDecided = (run: Run) => has(run, 'refuted') || (has(run, 'proven') && !has(run, 'errored'))
    const run = await prove(`${folder}/fixed`, probe, isDecided, context)
    expect(run.problem).toBeUndefined()
    expect(accused(run)).toEqual([])
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
