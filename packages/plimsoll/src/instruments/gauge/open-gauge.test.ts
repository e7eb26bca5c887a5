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
    expect(app.appCores).toBeGreaterThan(0.1)
    expect(app.appBusiestThread).toBeGreaterThan(0.1)
    expect(app.appMemoryMb).toBeGreaterThan(10)
    expect(app.appDescriptors).toBeGreaterThan(3)
    expect(stores.storeCores).toBeGreaterThan(0.1)
    expect((foreign.foreignCores ?? 0) - (app.foreignCores ?? 0)).toBeGreaterThan(0.1)
    expect(app.durationMs).toBeGreaterThan(1_400)
    for (const reading of [foreign, app, stores]) expect(GaugeReading.parse(reading)).toEqual(reading)
  })

  test('what we started besides is ours, and so is our own thread', async () => {
    await start(`echo $$; exec ${BUSY}`)
    const helped = await read({})
    expect(helped.ownCores).toBeGreaterThan(0.1)
    const end = openGauge({ app: () => [], stores: () => [] }).start()
    for (const until = performance.now() + 500; performance.now() < until; );
    expect(end().ownCores).toBeGreaterThan(0.05)
  })

  test('descendants belong to the app, those that came and went included', async () => {
    const loop = 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done'
    const pid = await start(`echo $$; while :; do sh -c '${loop}'; done`)
    const { appCores } = await read({ app: () => [pid] })
    expect(appCores).toBeGreaterThan(0.1)
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
