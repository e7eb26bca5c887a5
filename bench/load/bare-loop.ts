import { fileURLToPath } from 'node:url'
import type { Supervisor } from '../../packages/plimsoll/src/instruments/process/process.ts'
import { runTimed } from './run-timed.ts'
import type { Tool } from './tool.ts'

const FILE = fileURLToPath(new URL('./bare-loop.js', import.meta.url))

/** No tool but the floor under ours: shows what of its CPU is Node's and the machine's. Tells no latencies. */
export const bareLoop = (supervisor: Supervisor): Tool => ({
  name: 'bare loop',
  version: '',
  pacing: 'a timer, nothing counted',
  connectionsFor: (ratePerSecond) => ratePerSecond,
  run: async ({ port, connections, ratePerSecond, seconds }) => {
    const args = [FILE, port, connections, ratePerSecond ?? 0, seconds].map(String)
    const { output, cpuMs } = await runTimed(supervisor, process.execPath, args, (seconds + 60) * 1000)
    const requests = Number(/^answered (\d+)/m.exec(output)?.[1])
    return { requests, perSecond: requests / seconds, quantilesMs: [], cpuMs, refused: null }
  },
})
