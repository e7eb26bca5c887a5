import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Supervisor } from '../../packages/plimsoll/src/instruments/process/process.ts'
import { runTimed, versionOf } from './run-timed.ts'
import { type Ask, type Found, urlOf } from './tool.ts'
import { PARTS } from './truth.ts'

/** Prints what its summary leaves out: requests, microseconds, and the latency of each part. */
const SCRIPT = `done = function(summary, latency, requests)
  io.write(string.format("figures %d %d", summary.requests, summary.duration))
  for _, part in ipairs({ ${PARTS.map((part) => part * 100).join(', ')} }) do
    io.write(string.format(" %d", latency:percentile(part)))
  end
  io.write("\\n")
end
`

export const findWrk = async (supervisor: Supervisor): Promise<Found> => {
  const said = await versionOf(supervisor, 'wrk', ['-v'])
  if (said === null) return { name: 'wrk', reason: 'wrk is not installed' }
  const script = join(supervisor.scratchDir, 'figures.lua')
  await writeFile(script, SCRIPT)
  return {
    name: 'wrk',
    version: /wrk \S*?([\d.]+)/.exec(said)?.[1] ?? 'of unknown version',
    pacing: null,
    // A closed loop that gets its answers after 100 ms sends about as many.
    connectionsFor: (ratePerSecond) => Math.round(ratePerSecond / 10),
    run: async (ask: Ask) => {
      const args = ['-t1', `-c${ask.connections}`, `-d${ask.seconds}s`, '--timeout', '20s', '-s', script]
      const { output, cpuMs } = await runTimed(supervisor, 'wrk', [...args, urlOf(ask)], timeoutOf(ask))
      const [requests = 0, durationUs = 0, ...latenciesUs] = (/^figures (.*)$/m.exec(output)?.[1] ?? '')
        .split(' ')
        .map(Number)
      const quantilesMs = latenciesUs.map((us) => us / 1000)
      return { requests, perSecond: requests / (durationUs / 1e6), quantilesMs, cpuMs, refused: null }
    },
  }
}

const timeoutOf = ({ seconds }: Ask) => (seconds + 60) * 1000
