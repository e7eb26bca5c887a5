import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest'
import { createRandom } from '../../packages/plimsoll/src/base/random/random.ts'
import { experiments } from '../../packages/plimsoll/src/experiments/catalogue.generated.ts'
import { Run } from '../../packages/plimsoll/src/model/run.ts'
import { dueToday } from '../support/due-today.ts'
import { openProofPlace, type ProofPlace, type RunningProof } from '../support/running-proof.ts'

const READY = /^ {2}lab /m
const LATEST_MS = 1_500

/** A moment that differs between experiments and between days, and can be had again. */
const seed = Number(process.env.KILL_SEED ?? new Date().getUTCDate())
const momentOf = (id: string) => createRandom(seed).fork(id).integer(0, LATEST_MS)

let place: ProofPlace
beforeAll(async () => {
  place = await openProofPlace()
})
afterAll(() => place.remove())

const start = async (words: readonly string[], { onTestFinished }: TestContext): Promise<RunningProof> => {
  const proof = await place.start(words)
  onTestFinished(() => proof.end())
  return proof
}

/** A fast machine may have proved everything by then: there the middle is earlier. */
const inTheMiddle = async (words: readonly string[], ms: number, context: TestContext) => {
  for (let afterMs = ms; ; afterMs = Math.floor(afterMs / 2)) {
    const proof = await start(words, context)
    await proof.hears(READY)
    await wait(afterMs)
    const footprint = proof.footprint()
    if (!proof.isOver() || afterMs === 0) return { ...proof, afterMs, footprint }
  }
}

const savedRun = (cwd: string): Run => {
  const [id = ''] = readdirSync(join(cwd, '.plimsoll/runs'))
  return Run.parse(JSON.parse(readFileSync(join(cwd, '.plimsoll/runs', id, 'run.json'), 'utf8')))
}

/**
 * A third of them each day, and always those that own more than a lab: over three days every experiment is killed.
 * PROVE_ALL=1 kills all of them at once.
 */
const killed = experiments.filter(
  ({ ownStore, quiet }, at) => ownStore === true || quiet === true || dueToday(at, 3),
)

/** Without these there would be no middle. */
const ASKED: Readonly<Record<string, readonly string[]>> = { soak: ['--soak', '60s'] }

describe('nothing is left behind', { concurrent: true, skip: process.platform !== 'linux' }, () => {
  test.for(killed.map(({ id }) => id))('kill -9 in the middle of %s', async (id, context) => {
    const running = await inTheMiddle(['--only', id, ...(ASKED[id] ?? [])], momentOf(id), context)
    const { footprint, afterMs } = running
    expect(footprint.processes.length, 'its children could not be seen').toBeGreaterThan(3)
    expect(footprint.listening.length, 'its database could not be seen').toBeGreaterThan(0)
    running.child.kill('SIGKILL')
    expect(await running.ended).toEqual({ code: null, signal: 'SIGKILL' })
    expect(await running.left(footprint), `killed ${afterMs} ms after the lab was ready`).toEqual([])
  })

  test.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends with a partial Run and exit %i', async ([signal, code], context) => {
    const running = await inTheMiddle(['--only', 'reliability'], 1_000, context)
    running.child.kill(signal)
    expect(await running.ended).toEqual({ code, signal: null })
    expect(await running.left(running.footprint)).toEqual([])
    const run = savedRun(running.cwd)
    expect(run).toMatchObject({ end: 'interrupted', exitCode: code })
    expect(run.lab.command).not.toBeNull()
    expect(run.probes.map(({ outcome }) => outcome)).toContain('skipped')
    expect(run.verdicts.filter(({ status }) => status === 'errored')).toEqual([])
    expect(running.said().out).toContain('Interrupted')
  })

  test('SIGINT during the boot ends with a partial Run too', async (context) => {
    const proof = await start(['--only', 'reliability'], context)
    await proof.hears(/^ {2}survey /m)
    await wait(300)
    const footprint = proof.footprint()
    proof.child.kill('SIGINT')
    expect(await proof.ended).toEqual({ code: 130, signal: null })
    expect(await proof.left(footprint)).toEqual([])
    expect(savedRun(proof.cwd)).toMatchObject({ end: 'interrupted', exitCode: 130 })
  })

  test('a second SIGINT ends it at once, and still nothing is left', async (context) => {
    const running = await inTheMiddle(['--only', 'reliability'], 500, context)
    running.child.kill('SIGINT')
    await wait(20)
    running.child.kill('SIGINT')
    expect(await running.ended).toEqual({ code: 130, signal: null })
    expect(await running.left(running.footprint)).toEqual([])
  })
})
