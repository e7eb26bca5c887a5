/**
 * Our load generator beside autocannon, wrk and hey: what each says of servers that stall, what a request costs it,
 * and how many it can send. Client and server are processes of this one machine.
 *   npm run bench load [--seconds <n>] [--only accuracy|cpu|closed] [--autocannon <dir>] [--built <dir>]
 */
import { existsSync } from 'node:fs'
import { cpus, loadavg, release } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openSupervisor } from '../packages/plimsoll/src/instruments/process/open-supervisor.ts'
import { showAccuracy } from './load/accuracy.ts'
import { findAutocannon } from './load/autocannon.ts'
import { bareLoop } from './load/bare-loop.ts'
import { findHey } from './load/hey.ts'
import { openOurs } from './load/ours.ts'
import { showRecordCost } from './load/record-cost.ts'
import { showClosed, showCpu } from './load/speed.ts'
import { startServer } from './load/start-server.ts'
import type { Found, Tool } from './load/tool.ts'
import { findWrk } from './load/wrk.ts'

const BUILT = join(fileURLToPath(new URL('.', import.meta.url)), '..', 'packages/plimsoll/dist')
const WARM_UP = { path: '/fast', seconds: 1, connections: 50, ratePerSecond: null }
/** Speeds need less time to tell than the latencies of 1 in 1000. */
const SPEED_SHARE = 0.6

const present = (found: readonly Found[]): Tool[] => {
  for (const each of found) if ('reason' in each) console.log(`Without ${each.name}: ${each.reason}`)
  return found.flatMap((each) => ('reason' in each ? [] : [each]))
}

const describeMachine = (tools: readonly Tool[]) => {
  const [cpu] = cpus()
  const peers = tools.filter(({ version }) => version !== '').map(({ name, version }) => `${name} ${version}`)
  return [
    `${cpus().length} × ${cpu?.model}`,
    `${process.platform} ${release()}`,
    `Node ${process.versions.node}`,
    ...peers,
    `load ${(loadavg()[0] ?? 0).toFixed(1)}`,
  ].join('; ')
}

export default async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: '5' },
      only: { type: 'string' },
      autocannon: { type: 'string' },
      built: { type: 'string', default: BUILT },
    },
  })
  const built = resolve(values.built)
  if (!existsSync(built)) throw new Error('Build first: npm run build')
  const supervisor = await openSupervisor()
  const ours = await openOurs(built)
  try {
    const server = await startServer(supervisor)
    const tools = present([
      ours,
      await findAutocannon(supervisor, values.autocannon),
      await findWrk(supervisor),
      await findHey(supervisor),
    ])
    console.log(describeMachine(tools))
    await showRecordCost(supervisor, built, values.autocannon)
    await ours.run({ ...WARM_UP, port: server.port })
    const seconds = Number(values.seconds)
    const speedSeconds = Math.max(1, Math.round(seconds * SPEED_SHARE))
    const isWanted = (table: string) => values.only === undefined || values.only === table
    if (isWanted('accuracy')) await showAccuracy(tools, server, seconds)
    if (isWanted('cpu')) await showCpu([...tools, bareLoop(supervisor)], server, speedSeconds)
    if (isWanted('closed')) await showClosed(tools, server, speedSeconds)
    console.log(`\nload ${(loadavg()[0] ?? 0).toFixed(1)} at the end`)
  } finally {
    await ours.close()
    await supervisor.close()
  }
}
