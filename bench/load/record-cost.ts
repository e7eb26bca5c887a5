import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Supervisor } from '../../packages/plimsoll/src/instruments/process/process.ts'

const FILE = fileURLToPath(new URL('./record-cost.js', import.meta.url))

/** hdr-histogram-js comes with autocannon. */
const besideAutocannon = (dir: string): string | null => {
  const from = join(resolve(dir), 'any.js')
  try {
    createRequire(from).resolve('hdr-histogram-js')
    return from
  } catch {
    return null
  }
}

const cost = async (supervisor: Supervisor, kind: string, path: string): Promise<string> => {
  const { logs } = await supervisor.run({
    command: { file: process.execPath, args: [FILE, kind, path] },
    cwd: supervisor.scratchDir,
    env: {},
    timeoutMs: 60_000,
  })
  const said = logs.map((line) => line.text).join('\n')
  const ns = /^ns (\S+)/m.exec(said)?.[1]
  return `${kind} ${ns === undefined ? `failed (${said})` : `${ns} ns`}`
}

/** One line: the CPU time of one record, the best of ten rounds. */
export const showRecordCost = async (
  supervisor: Supervisor,
  built: string,
  autocannonDir: string | undefined,
): Promise<void> => {
  const hdr = autocannonDir === undefined ? null : besideAutocannon(autocannonDir)
  const costs = [
    await cost(supervisor, 'plimsoll', join(built, 'base/stats/histogram.js')),
    await cost(supervisor, 'perf_hooks', ''),
    hdr === null ? 'hdr-histogram-js is not installed' : await cost(supervisor, 'hdr-histogram-js', hdr),
  ]
  console.log(`CPU of one record of a histogram: ${costs.join(', ')}`)
}
