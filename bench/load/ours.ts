import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { histogramOf } from '../../packages/plimsoll/src/base/stats/histogram.ts'
import type { Arrivals, LoadGenerator, LoadPlan } from '../../packages/plimsoll/src/instruments/load/load.ts'
import type { Ask, Said, Tool } from './tool.ts'
import { PARTS } from './truth.ts'

type Built = { createLoadGenerator(options: { nowMs(): number }): LoadGenerator }

const planOf = ({ port, path, seconds, connections, ratePerSecond }: Ask): LoadPlan => {
  const arrivals: Arrivals =
    ratePerSecond === null ? { kind: 'closed', connections } : { kind: 'constant', ratePerSecond }
  return {
    target: { host: '127.0.0.1', port },
    protocol: 'http/1.1',
    operations: [{ name: path, weight: 1, requests: [{ method: 'GET', path, headers: {} }] }],
    arrivals,
    durationMs: seconds * 1000,
    connections,
    timeoutMs: 20_000,
    slowMs: 200,
    seed: 1,
  }
}

const run = async (generator: LoadGenerator, ask: Ask): Promise<Said> => {
  const before = process.cpuUsage()
  const { operations, durationMs, sendingMs, refused } = await generator.run(planOf(ask)).done
  const { user, system } = process.cpuUsage(before)
  const [operation] = operations
  if (operation === undefined) throw new Error('a run without its operation')
  const latency = histogramOf(operation.latency)
  return {
    requests: operation.answered,
    perSecond: (1000 * operation.answered) / (ask.ratePerSecond === null ? durationMs : sendingMs),
    quantilesMs: PARTS.map((part) => latency.quantile(part) / 1000),
    cpuMs: (user + system) / 1000,
    refused,
  }
}

/** Our generator as it is built, in threads of this process; its CPU is that of the whole process. */
export const openOurs = async (built: string): Promise<Tool & { close(): Promise<void> }> => {
  const file = join(built, 'instruments/load/create-load-generator.js')
  const { createLoadGenerator }: Built = await import(pathToFileURL(file).href)
  const generator = createLoadGenerator({ nowMs: () => performance.now() })
  return {
    name: 'Plimsoll',
    version: '',
    pacing: 'open loop',
    connectionsFor: (ratePerSecond) => ratePerSecond * 2,
    run: (ask) => run(generator, ask),
    close: () => generator.close(),
  }
}
