import { printTable } from '../wire/show.ts'
import type { BenchServer } from './start-server.ts'
import type { Ask, Said, Tool } from './tool.ts'

const RATES = [1000, 5000, 15_000]
const CONNECTIONS = 50
/** What is left out of every count: start, connections, first requests. */
const START_SECONDS = 1

type Cost = { perSecond: number; cpuUs: number; refused: string | null }

/** CPU of a request without what starting costs: a longer run less a short one. */
const costOf = async (tool: Tool, ask: Ask): Promise<Cost> => {
  const start = await tool.run({ ...ask, seconds: START_SECONDS })
  const whole = await tool.run({ ...ask, seconds: ask.seconds + START_SECONDS })
  return {
    perSecond: whole.perSecond,
    cpuUs: (1000 * (whole.cpuMs - start.cpuMs)) / (whole.requests - start.requests),
    refused: whole.refused,
  }
}

const askOf = (server: BenchServer, seconds: number, ratePerSecond: number | null): Ask => ({
  port: server.port,
  path: '/fast',
  seconds,
  connections: CONNECTIONS,
  ratePerSecond,
})

const cellOf = ({ perSecond, cpuUs, refused }: Cost) =>
  `${cpuUs.toFixed(1)} (${perSecond.toFixed(0)}/s${refused === null ? '' : ', refused'})`

/** CPU of the client for one request, at rates that the server has no trouble with. */
export const showCpu = async (tools: readonly Tool[], server: BenchServer, seconds: number) => {
  console.log(`\nCPU µs a request (rate that was reached): ${CONNECTIONS} connections, ${seconds} s each`)
  const head = ['client', 'paced by', ...RATES.map((rate) => `${rate}/s`)]
  const rows: string[][] = []
  for (const tool of tools) {
    if (tool.pacing === null) continue
    const cells: string[] = []
    for (const rate of RATES) cells.push(cellOf(await costOf(tool, askOf(server, seconds, rate))))
    rows.push([tool.name, tool.pacing, ...cells])
  }
  printTable([head, head.map(() => '---'), ...rows])
}

const closedRow = ({ name }: Tool, { perSecond, cpuMs, requests, quantilesMs }: Said) => [
  name,
  '',
  perSecond.toFixed(0),
  ((1000 * cpuMs) / requests).toFixed(1),
  (quantilesMs[0] ?? Number.NaN).toFixed(2),
  (quantilesMs[2] ?? Number.NaN).toFixed(2),
]

/** What is possible at all, each with the same connections and as many threads as it takes by itself. */
export const showClosed = async (tools: readonly Tool[], server: BenchServer, seconds: number) => {
  console.log(`\nClosed loop: ${CONNECTIONS} connections, ${seconds} s each`)
  const head = ['client', '', 'a second', 'CPU µs a request', 'p50 ms', 'p99 ms']
  const rows: string[][] = []
  for (const tool of tools) rows.push(closedRow(tool, await tool.run(askOf(server, seconds, null))))
  printTable([head, head.map(() => '---'), ...rows])
}
