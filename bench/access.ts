/**
 * How many seeded flaws of access are found, and what else is accused: both twins of every specimen that carries a
 * twin.json are proved.
 *   npm run bench access [words of a folder…] [--told]
 * A false alarm is a defect that was not seeded, any defect in a fixed twin, and any decoy that is accused.
 */
import { parseArgs } from 'node:util'
import { readTwins, type Twin } from './access/read-twins.ts'
import { type Score, scoreTwin } from './access/score-twin.ts'

const AT_ONCE = 2

const tellTwin = (twin: Twin, score: Score, isTold: boolean) => {
  const mark = score.missed.length + score.alarms.length === 0 ? '✔' : '✖'
  console.log(
    `${mark} ${twin.folder.padEnd(52)} ${score.found.length}/${twin.flaws.length}  ${(score.ms / 1_000).toFixed(1)} s`,
  )
  for (const flaw of score.missed) console.log(`    missed      ${flaw}`)
  for (const alarm of score.alarms) console.log(`    false alarm ${alarm}`)
  for (const line of isTold ? score.told : []) console.log(`    ${line}`)
}

export default async (args: readonly string[]): Promise<void> => {
  const options = { told: { type: 'boolean', default: false } } as const
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const twins = readTwins().filter(({ folder }) => positionals.every((word) => folder.includes(word)))
  const queue = [...twins]
  const scores: Score[] = []
  const work = async () => {
    for (let twin = queue.shift(); twin !== undefined; twin = queue.shift()) {
      const score = await scoreTwin(twin)
      scores.push(score)
      tellTwin(twin, score, values.told)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const seeded = twins.flatMap(({ flaws }) => flaws).length
  const found = scores.flatMap((score) => score.found).length
  const alarms = scores.flatMap((score) => score.alarms).length
  const decoys = twins.flatMap((twin) => Object.keys(twin.decoys)).length
  console.log(
    `\n${twins.length} twins: ${found} of ${seeded} flaws found (recall ${((100 * found) / Math.max(1, seeded)).toFixed(1)} %), ${alarms} false alarms, ${decoys} decoys`,
  )
  if (found < seeded || alarms > 0) process.exitCode = 1
}
