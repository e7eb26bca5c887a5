/**
 * Whether the experiment on contracts stays silent where nothing is wrong, and speaks where something is: the clean
 * specimen with one seed after the other, then its broken twin.
 *   npm run bench contract [dir] [--seeds <n>]
 */
import { parseArgs } from 'node:util'
import { Seen } from '../packages/plimsoll/src/experiments/contract/seen.ts'
import { executeFolder } from '../test/support/execute-specimen.ts'

const CLEAN = 'specimens/fastify/contract/fixed'
const BROKEN = 'specimens/fastify/contract/broken'

const execute = async (folder: string, seed: number) => {
  const startedMs = performance.now()
  const { seen, judged } = await executeFolder(folder, 'contract', seed)
  const { operations, requests } = Seen.parse(seen)
  const defects = judged.filter(({ status, tier }) => status === 'refuted' && tier === 'defect')
  const reached = operations.filter((one) => one.reached).length
  const seconds = (performance.now() - startedMs) / 1_000
  return { defects, reached, of: operations.length, requests, seconds }
}

export default async (args: readonly string[]): Promise<void> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { seeds: { type: 'string', default: '5' } },
  })
  const folder = positionals[0] ?? CLEAN
  let found = 0
  console.log('seed  operations  requests  defects  seconds, boot included')
  for (let seed = 1; seed <= Number(values.seeds); seed += 1) {
    const { defects, reached, of, requests, seconds } = await execute(folder, seed)
    found += defects.length
    console.log(
      [
        String(seed).padStart(4),
        `${reached} of ${of}`.padStart(10),
        String(requests).padStart(8),
        String(defects.length).padStart(7),
        seconds.toFixed(1).padStart(7),
      ].join('  '),
    )
    for (const { subject, detail } of defects) console.log(`      ${subject}: ${detail}`)
  }
  console.log(`\n${found} defects in ${values.seeds} runs of ${folder}`)
  if (positionals[0] !== undefined) return
  const broken = await execute(BROKEN, 1)
  console.log(`\n${broken.defects.length} defects in ${BROKEN}`)
  for (const { subject, title } of broken.defects) console.log(`      ${subject}: ${title}`)
  if (found > 0) process.exitCode = 1
}
