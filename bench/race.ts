/**
 * How often each way of sending two requests finds the race of each specimen: both at once, both with their last byte
 * kept back until the other one's is there too, and forced at the wire. The sound twins must show none.
 *   npm run bench race [words of the folder] [--tries <n>]
 */
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import race from '../packages/plimsoll/src/experiments/race/index.ts'
import { type PairSeen, Seen } from '../packages/plimsoll/src/experiments/race/seen.ts'
import { bootGround } from './race/boot-ground.ts'
import { type Count, type Counts, compareMethods } from './race/methods.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const twins = (words: readonly string[]): string[] =>
  readdirSync(join(root, 'specimens'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .flatMap(({ name }) =>
      readdirSync(join(root, 'specimens', name)).map((each) => `specimens/${name}/${each}`),
    )
    .filter((folder) => folder.split('/')[2]?.startsWith('race-'))
    .filter((folder) => words.every((word) => folder.includes(word)))

const findRace = async (folder: string): Promise<PairSeen> => {
  const { ground, close } = await bootGround(root, folder)
  try {
    const seen = Seen.parse(await race.run(ground.lab, { signal: ground.signal }))
    const found = seen.pairs.find(({ anomaly }) => anomaly?.kind === 'rows')
    if (found === undefined) throw new Error(`no race was found in ${folder}`)
    return found
  } finally {
    await close()
  }
}

const countIn = async (folder: string, pair: PairSeen, tries: number, broken: boolean): Promise<Counts> => {
  const { ground, close } = await bootGround(root, folder)
  try {
    if (pair.anomaly === null) throw new Error('a race has an anomaly')
    return await compareMethods(ground, pair.anomaly, pair.tables, { tries, broken })
  } finally {
    await close()
  }
}

const share = ({ hits, tries }: Count) => `${Math.round((100 * hits) / tries)} %`.padStart(6)
/** What one would have to send until it shows, on average. */
const needed = ({ hits, tries }: Count) => (hits === 0 ? `> ${tries}` : (tries / hits).toFixed(1)).padStart(6)

const row = (name: string, { parallel, lastByte, forced }: Counts) =>
  `${name.padEnd(42)}${[parallel, lastByte, forced].map((one) => `${share(one)} ${needed(one)}`).join('  ')}`

export default async (args: readonly string[]): Promise<void> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { tries: { type: 'string', default: '30' } },
  })
  const tries = Number(values.tries)
  console.log(`two requests, ${tries} tries each: share of tries that show the race, and tries needed\n`)
  console.log(`${''.padEnd(42)}  parallel      last byte       forced`)
  for (const folder of twins(positionals)) {
    const name = folder.replace('specimens/', '')
    const pair = await findRace(`${folder}/broken`)
    console.log(row(`${name} broken`, await countIn(`${folder}/broken`, pair, tries, true)))
    console.log(row(`${name} fixed`, await countIn(`${folder}/fixed`, pair, tries, false)))
  }
}
