import { existsSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import type { Supervisor } from '../../packages/plimsoll/src/instruments/process/process.ts'
import { runTimed, versionOf } from './run-timed.ts'
import { type Ask, type Found, urlOf } from './tool.ts'

type Json = {
  latency: Record<string, number>
  requests: { total: number }
  duration: number
}

/** @param dir a folder in which it is installed, or itself; else it is looked for where commands are */
const programOf = (dir: string | undefined): string | undefined => {
  const places =
    dir === undefined
      ? (process.env.PATH ?? '').split(delimiter).map((place) => join(place, 'autocannon'))
      : [join(dir, 'node_modules/autocannon/autocannon.js'), join(dir, 'autocannon.js')]
  return places.map((place) => resolve(place)).find((place) => existsSync(place))
}

export const findAutocannon = async (supervisor: Supervisor, dir: string | undefined): Promise<Found> => {
  const program = programOf(dir)
  if (program === undefined)
    return { name: 'autocannon', reason: 'autocannon is not installed (--autocannon <dir> says where)' }
  const said = await versionOf(supervisor, process.execPath, [program, '--version'])
  return {
    name: 'autocannon',
    version: /autocannon v(\S+)/.exec(said ?? '')?.[1] ?? 'of unknown version',
    pacing: '-R',
    connectionsFor: (ratePerSecond) => Math.round(ratePerSecond / 5),
    run: async (ask: Ask) => {
      const { seconds, connections, ratePerSecond } = ask
      const rate = ratePerSecond === null ? [] : ['-R', String(ratePerSecond)]
      const args = [program, '-j', '-n', '-c', String(connections), '-d', String(seconds), ...rate]
      const timed = await runTimed(supervisor, process.execPath, [...args, urlOf(ask)], (seconds + 60) * 1000)
      const { latency, requests, duration }: Json = JSON.parse(timed.output)
      return {
        requests: requests.total,
        perSecond: requests.total / duration,
        quantilesMs: ['p50', 'p90', 'p99', 'p99_9'].map((part) => latency[part] ?? Number.NaN),
        cpuMs: timed.cpuMs,
        refused: null,
      }
    },
  }
}
