/**
 * Whether verdicts on load hold: the same proof again and again, with and without a neighbour that keeps one core busy.
 *   npm run bench steady [dir] [--times <n>] [--neighbour]
 * A contradiction is a standard and subject that one run proved and another one refuted.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readLoadLine } from '../packages/plimsoll/src/model/reading/load-line.ts'
import { Run } from '../packages/plimsoll/src/model/run.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const BIN = join(root, 'packages/plimsoll/bin/plimsoll.js')

type Once = { seconds: number; rate: number | null; said: Map<string, string> }

const proveOnce = (dir: string, out: string, seed: number): Promise<Run> =>
  new Promise((settle, reject) => {
    const words = ['prove', dir, '--only', 'load-line', '--json', '--out', out, '--seed', String(seed)]
    const child = spawn(process.execPath, [BIN, ...words], { stdio: ['ignore', 'pipe', 'ignore'] })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (text === '') reject(new Error(`the proof ended with ${code} and said nothing`))
      else settle(Run.parse(JSON.parse(text)))
    })
  })

const sumUp = (run: Run): Once => ({
  seconds: run.durationMs / 1_000,
  rate: readLoadLine(run)?.load.line?.ratePerSecond ?? null,
  said: new Map(run.verdicts.map(({ standard, subject, status }) => [`${standard} ${subject}`, status])),
})

const startNeighbour = (): ChildProcess => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })

const spread = (rates: readonly number[]) => {
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
  const variance = rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / (rates.length - 1)
  return { mean, cv: Math.sqrt(variance) / mean }
}

const tellVerdicts = (runs: readonly Once[]) => {
  const keys = [...new Set(runs.flatMap(({ said }) => [...said.keys()]))].sort()
  let contradictions = 0
  for (const key of keys) {
    const counts = new Map<string, number>()
    for (const { said } of runs) {
      const status = said.get(key) ?? 'not said'
      counts.set(status, (counts.get(status) ?? 0) + 1)
    }
    if (counts.has('proven') && counts.has('refuted')) contradictions += 1
    console.log(`${key.padEnd(56)} ${[...counts].map(([status, n]) => `${n} ${status}`).join(', ')}`)
  }
  console.log(`\n${contradictions} contradictory verdicts in ${runs.length} runs`)
}

export default async (args: readonly string[]): Promise<void> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { times: { type: 'string', default: '5' }, neighbour: { type: 'boolean', default: false } },
  })
  const dir = resolve(positionals[0] ?? join(root, 'examples/booking'))
  const out = await mkdtemp(join(tmpdir(), 'steady-'))
  const neighbour = values.neighbour ? startNeighbour() : null
  const runs: Once[] = []
  try {
    for (let time = 1; time <= Number(values.times); time += 1) {
      const once = sumUp(await proveOnce(dir, out, time))
      runs.push(once)
      const rate = once.rate === null ? 'no line' : `${once.rate.toFixed(0)}/s`
      console.log(`${String(time).padStart(3)}  ${rate.padStart(10)}  ${once.seconds.toFixed(0)} s`)
    }
  } finally {
    neighbour?.kill('SIGKILL')
    await rm(out, { recursive: true, force: true })
  }
  const rates = runs.flatMap(({ rate }) => (rate === null ? [] : [rate]))
  const { mean, cv } = spread(rates)
  console.log(
    `\nload line ${mean.toFixed(0)}/s in ${rates.length} of ${runs.length}, coefficient of variation ${(cv * 100).toFixed(1)} %\n`,
  )
  tellVerdicts(runs)
}
