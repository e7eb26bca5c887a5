import type { Supervisor } from '../../packages/plimsoll/src/instruments/process/process.ts'
import { runTimed, versionOf } from './run-timed.ts'
import { type Ask, type Found, urlOf } from './tool.ts'
import { quantilesOf } from './truth.ts'

/** One line for each request, the first field its time in seconds, the last when it left. */
const read = (csv: string) => {
  const rows = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number))
  const seconds = rows.map(([duration = Number.NaN]) => duration)
  const lastEnd = rows.reduce((last, row) => Math.max(last, (row[0] ?? 0) + (row.at(-1) ?? 0)), 0)
  return { requests: rows.length, lastEnd, quantilesMs: quantilesOf(seconds.map((each) => each * 1000)) }
}

export const findHey = async (supervisor: Supervisor): Promise<Found> => {
  const said = await versionOf(supervisor, 'hey', ['-h'])
  if (said === null) return { name: 'hey', reason: 'hey is not installed' }
  const debian = await versionOf(supervisor, 'dpkg-query', ['-s', 'hey'])
  return {
    name: 'hey',
    version: /^Version: (\d[\d.]*)/m.exec(debian ?? '')?.[1] ?? '(it does not tell its version)',
    pacing: '-q',
    connectionsFor: (ratePerSecond) => Math.round(ratePerSecond / 5),
    run: async (ask: Ask) => {
      const { seconds, connections, ratePerSecond } = ask
      const rate = ratePerSecond === null ? [] : ['-q', String(ratePerSecond / connections)]
      const args = ['-z', `${seconds}s`, '-c', String(connections), ...rate, '-o', 'csv', urlOf(ask)]
      const { output, cpuMs } = await runTimed(supervisor, 'hey', args, (seconds + 60) * 1000)
      const { requests, lastEnd, quantilesMs } = read(output)
      return { requests, perSecond: requests / Math.max(seconds, lastEnd), quantilesMs, cpuMs, refused: null }
    },
  }
}
