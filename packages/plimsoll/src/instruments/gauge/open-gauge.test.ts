import { spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { GaugeReading } from '../../model/gauge.ts'
import type { Watched } from './gauge.ts'
import { openGauge } from './open-gauge.ts'

const BUSY = `'${process.execPath}' -e 'for (;;);'`

const started: number[] = []
afterEach(() => {
  for (const pid of started.splice(0)) process.kill(pid, 'SIGKILL')
})

/** The shell ends at once where it is told to leave a child behind, which then descends from nobody of ours. */
const start = async (script: string): Promise<number> => {
  const shell = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  const pid = await new Promise<number>((resolve, reject) => {
    shell.stdout.once('data', (text) => resolve(Number(text)))
    shell.once('error', reject)
  })
  started.push(pid)
  return pid
}

/** Of the one and a half seconds that are looked at, a loop has that much even where ten others want the processor. */
const BUSY_CORES = 0.02

const read = async (watched: Partial<Watched>, ms = 1_500) => {
  const end = openGauge({ app: () => [], stores: () => [], ...watched }).start()
  await wait(ms)
  return end()
}

describe.runIf(process.platform === 'linux')('where there is /proc', () => {
  test('a busy stranger is foreign, or the app, or the stores, as it is watched', async () => {
    const pid = await start(`setsid ${BUSY} & echo $!`)
    const [foreign, app, stores] = await Promise.all([
      read({}),
      read({ app: () => [pid] }),
      read({ stores: () => [pid] }),
    ])
    expect(foreign).toMatchObject({ appCores: 0, storeCores: 0, appDescriptors: 0, appBusiestThread: 0 })
    expect(app.appCores).toBeGreaterThan(BUSY_CORES)
    expect(app.appBusiestThread).toBeGreaterThan(BUSY_CORES)
    expect(app.appMemoryMb).toBeGreaterThan(10)
    expect(app.appDescriptors).toBeGreaterThan(3)
    expect(stores.storeCores).toBeGreaterThan(BUSY_CORES)
    expect((foreign.foreignCores ?? 0) - (app.foreignCores ?? 0)).toBeGreaterThan(BUSY_CORES)
    expect(app.durationMs).toBeGreaterThan(1_400)
    for (const reading of [foreign, app, stores]) expect(GaugeReading.parse(reading)).toEqual(reading)
  })

  test('what we started besides is ours, and so is our own thread', async () => {
    await start(`echo $$; exec ${BUSY}`)
    const helped = await read({})
    expect(helped.ownCores).toBeGreaterThan(BUSY_CORES)
    const end = openGauge({ app: () => [], stores: () => [] }).start()
    const before = process.cpuUsage()
    const spentUs = () => Object.values(process.cpuUsage(before)).reduce((sum, us) => sum + us, 0)
    while (spentUs() < 200_000);
    const { ownCores, durationMs } = end()
    expect(((ownCores ?? 0) * durationMs) / 1_000).toBeGreaterThan(0.1)
  })

  test('descendants belong to the app, those that came and went included', async () => {
    const loop = 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done'
    const pid = await start(`echo $$; while :; do sh -c '${loop}'; done`)
    const { appCores } = await read({ app: () => [pid] })
    expect(appCores).toBeGreaterThan(BUSY_CORES)
  })

  test('where the stores run out of sight, nobody can be called foreign', async () => {
    const reading = await read({ stores: () => null }, 50)
    expect(reading).toMatchObject({ storeCores: null, foreignCores: null })
    expect(reading.unmeasured).toEqual(
      expect.arrayContaining(['processor time of the stores', 'foreign processes']),
    )
  })
})

test('it tells our own processor time anywhere, and names what it cannot tell', async () => {
  const reading = await read({ app: () => [2_147_483_646] }, 20)
  expect(reading.cores).toBeGreaterThan(0)
  expect(reading.ownCores).toBeGreaterThanOrEqual(0)
  const missing = Object.values(reading).filter((value) => value === null)
  expect(reading.unmeasured).toHaveLength(missing.length)
})
