/**
 * Whether `plimsoll compare` tells a slower commit from an unchanged one: the example in a repository of its own, with
 * a commit that changes nothing and one whose requests cost the processor a tenth more.
 *   npm run bench compare [-- --times <n>] [--seconds <n>] [--slower <percent>] [--any-machine]
 */
import { parseArgs } from 'node:util'
import { families } from '../packages/plimsoll/src/commands/families.ts'
import { compareTrees } from '../packages/plimsoll/src/engine/compare/compare-trees.ts'
import type { Comparison } from '../packages/plimsoll/src/engine/compare/comparison.ts'
import { makeRepository } from './compare/make-repository.ts'
import { measureCost } from './compare/measure-cost.ts'

const percent = (share: number | null) => (share === null ? '–' : `${(share * 100).toFixed(1)} %`)

const describe = ({ answer, metrics, pairs, durationMs, reason }: Comparison): string => {
  const figures = metrics.map(
    ({ id, change, interval, answer: own }) =>
      `${id} ${percent(change)} [${interval?.map(percent).join(', ') ?? '–'}] ${own}`,
  )
  const how = `${pairs?.used} pairs, ${pairs?.repeated} repeated, ${pairs?.rounds} rounds, ${Math.round(durationMs / 1_000)} s`
  return [`${answer} · ${reason} · ${how}`, ...figures].join('\n      ')
}

const count = (answers: readonly string[]) =>
  ['better', 'same', 'worse', "can't tell"]
    .map((answer) => `${answer} ${answers.filter((one) => one === answer).length}`)
    .join(' · ')

export default async (args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      times: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '120' },
      slower: { type: 'string', default: '10' },
      only: { type: 'string' },
      // Uses what other processes disturbed, too: says whether it works, not how well.
      'any-machine': { type: 'boolean', default: false },
    },
  })
  const compare = (root: string, to: string, seed: number) =>
    compareTrees({
      ...{ root, shown: 'booking', words: ['base', to] as const, config: {}, families, install: false },
      ...{ seed, margin: 0.05, limitSeconds: Number(values.seconds) },
      anyMachine: values['any-machine'],
      signal: new AbortController().signal,
      onProgress: (event) => {
        if (event.kind === 'note') console.log(`      ${event.text}`)
      },
    })
  const { root, remove, slow } = await makeRepository()
  try {
    const costMs = await measureCost(root)
    const extraMs = (costMs * Number(values.slower)) / 100
    await slow(extraMs)
    console.log(`a request costs ${costMs.toFixed(3)} ms; the slower commit adds ${extraMs.toFixed(4)} ms`)
    const answers: Record<string, string[]> = { unchanged: [], slower: [] }
    const words = ['slower', 'unchanged'].filter((word) => (values.only ?? word) === word)
    for (let time = 1; time <= Number(values.times); time += 1) {
      for (const word of words) {
        const comparison = await compare(root, word, time)
        console.log(`  ${word} ${time}: ${describe(comparison)}`)
        answers[word]?.push(comparison.answer)
      }
    }
    for (const [word, said] of Object.entries(answers)) console.log(`${word.padEnd(10)} ${count(said)}`)
  } finally {
    await remove()
  }
}
