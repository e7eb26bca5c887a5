import { printTable } from '../wire/show.ts'
import { type Shape, shapesOf } from './shapes.ts'
import type { BenchServer } from './start-server.ts'
import type { Said, Tool } from './tool.ts'
import {
  type Answer,
  analyticTruth,
  type Quantiles,
  realisedTruth,
  type Schedule,
  worstError,
} from './truth.ts'

const RATE_PER_SECOND = 500
/** A server that was further off its shape says nothing of a tool: the round is measured again, whoever's it is. */
const MOST_OFF_SHAPE = 0.01
const TRIES = 3

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

type Round = { tool: Tool; said: Said; answers: readonly Answer[]; realised: Quantiles; isOffShape: boolean }

const rowOf = ({ tool, said, answers, realised, isOffShape }: Round, truth: Quantiles) => [
  '',
  `${tool.name}${tool.pacing === null ? ', closed loop' : ''}${said.refused === null ? '' : ' (refused)'}`,
  said.perSecond.toFixed(0),
  ...reported(said.quantilesMs, truth),
  percent(worstError(said.quantilesMs, truth)),
  percent(worstError(said.quantilesMs, realised)),
  `${late(answers)}${isOffShape ? ', off its shape' : ''}`,
]

const measureOnce = async (tool: Tool, server: BenchServer, shape: Shape, schedule: Schedule) => {
  await server.begin(shape, schedule.seconds * 1000)
  const connections = tool.connectionsFor(schedule.ratePerSecond)
  const said = await tool.run({ ...schedule, port: server.port, path: '/shaped', connections })
  const answers = await server.answers()
  return { tool, said, answers, realised: realisedTruth(shape, schedule, answers) }
}

const measure = async (tool: Tool, server: BenchServer, shape: Shape, schedule: Schedule): Promise<Round> => {
  const truth = analyticTruth(shape, schedule)
  for (let tries = 1; ; tries += 1) {
    const round = await measureOnce(tool, server, shape, schedule)
    const isOffShape = worstError(round.realised, truth) > MOST_OFF_SHAPE
    if (!isOffShape || tries === TRIES) return { ...round, isOffShape }
  }
}

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
      const round = await measure(tool, server, shape, schedule)
      const { refused } = round.said
      rounds.push(round)
      if (refused !== null) refusals.push(`${shape.name}: ${tool.name} refuses: ${refused}`)
    }
    rows.push([shape.name, 'truth', String(RATE_PER_SECOND), ...truth.map(ms), '', '', ''])
    rows.push(...rounds.map((round) => rowOf(round, truth)))
    console.error(`${shape.name}: ${shape.says}`)
  }
  printTable([HEAD, HEAD.map(() => '---'), ...rows])
  for (const refusal of refusals) console.log(refusal)
}
