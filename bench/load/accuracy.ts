import { printTable } from '../wire/show.ts'
import { shapesOf } from './shapes.ts'
import type { BenchServer } from './start-server.ts'
import type { Said, Tool } from './tool.ts'
import { type Answer, analyticTruth, type Quantiles, realisedTruth, worstError } from './truth.ts'

const RATE_PER_SECOND = 500

const ms = (value: number) => (Number.isNaN(value) ? '' : value.toFixed(value < 1000 ? 1 : 0))
const percent = (part: number) => (Number.isNaN(part) ? '' : `${(100 * part).toFixed(part < 0.1 ? 1 : 0)} %`)
const late = (answers: readonly Answer[]) =>
  ms(answers.map(({ dueMs, sentMs }) => sentMs - dueMs).toSorted((a, b) => b - a)[answers.length >> 10] ?? 0)

const HEAD = [
  ...['server', 'told by', 'a second', 'p50 ms', 'p90 ms', 'p99 ms', 'p99.9 ms'],
  ...['worst error', 'beside realised', 'server late ms'],
]

const reported = (quantiles: Quantiles, truth: Quantiles) =>
  quantiles.map((value, index) => {
    const right = truth[index] ?? Number.NaN
    return `${ms(value)} (${percent(Math.abs(value - right) / right)})`
  })

type Round = { tool: Tool; said: Said; answers: readonly Answer[]; realised: Quantiles }

const rowOf = ({ tool, said, answers, realised }: Round, truth: Quantiles) => [
  '',
  `${tool.name}${tool.pacing === null ? ', closed loop' : ''}${said.refused === null ? '' : ' (refused)'}`,
  said.perSecond.toFixed(0),
  ...reported(said.quantilesMs, truth),
  percent(worstError(said.quantilesMs, truth)),
  percent(worstError(said.quantilesMs, realised)),
  late(answers),
]

/** What each tool says of servers that stall, beside what those who arrive as meant have to wait. */
export const showAccuracy = async (
  tools: readonly Tool[],
  server: BenchServer,
  seconds: number,
): Promise<void> => {
  console.log(`\nAccuracy: ${RATE_PER_SECOND} arrivals a second, ${seconds} s each`)
  const schedule = { ratePerSecond: RATE_PER_SECOND, seconds }
  const rows: string[][] = []
  const refusals: string[] = []
  for (const shape of shapesOf(seconds * 1000)) {
    const truth = analyticTruth(shape, schedule)
    const rounds: Round[] = []
    for (const tool of tools) {
      await server.begin(shape, seconds * 1000)
      const connections = tool.connectionsFor(RATE_PER_SECOND)
      const said = await tool.run({ ...schedule, port: server.port, path: '/shaped', connections })
      const answers = await server.answers()
      rounds.push({ tool, said, answers, realised: realisedTruth(shape, schedule, answers) })
      if (said.refused !== null) refusals.push(`${shape.name}: ${tool.name} refuses: ${said.refused}`)
    }
    rows.push([shape.name, 'truth', String(RATE_PER_SECOND), ...truth.map(ms), '', '', ''])
    rows.push(...rounds.map((round) => rowOf(round, truth)))
    console.error(`${shape.name}: ${shape.says}`)
  }
  printTable([HEAD, HEAD.map(() => '---'), ...rows])
  for (const refusal of refusals) console.log(refusal)
}
