import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Routed, route } from '../packages/plimsoll/src/agent/activation/route.ts'
import { AgentFacts } from '../packages/plimsoll/src/model/agent.ts'

const Repository = z.object({
  name: z.string(),
  commit: z.string(),
  files: z.array(z.string()),
  manifests: z.record(z.string(), z.array(z.string())),
})
const Case = z.object({
  repository: z.string(),
  task: z.string(),
  expect: z.enum(['backend', 'frontend', 'security', 'performance', 'devops', 'none']),
  files: z.array(z.string()).optional(),
})
export type Case = z.infer<typeof Case>

const folder = join(import.meta.dirname, 'route')
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))

const repositories = new Map(
  z
    .array(Repository)
    .parse(read('repositories.json'))
    .map((one) => [one.name, one]),
)
const agents = ['backend', 'frontend', 'security', 'performance', 'devops'].map((name) => ({
  name,
  facts: AgentFacts.parse({}),
}))

/** `evaluation` holds cases that nobody who wrote the words had seen; once seen, they are moved to `practice`. */
type Half = 'practice' | 'evaluation'

const hasHalf = (half: Half): boolean => existsSync(join(folder, `${half}.json`))

export const casesOf = (half: Half): Case[] => z.array(Case).parse(read(`${half}.json`))

export const answer = ({ repository, task, files }: Case): Routed => {
  const facts = repositories.get(repository)
  if (facts === undefined) throw new Error(`${repository} is not among the repositories`)
  return route({ task, repository: facts, agents, ...(files && { files }) })
}

/** What was chosen, `none` where nothing speaks for anyone. */
export const chosenFor = (each: Case): string => answer(each).chosen ?? 'none'

const LABELS = ['backend', 'frontend', 'security', 'performance', 'devops', 'none'] as const

const percent = (part: number, of: number) => `${((100 * part) / Math.max(1, of)).toFixed(1)} %`

const tell = (half: Half) => {
  const cases = casesOf(half)
  const wrong = cases.filter((each) => chosenFor(each) !== each.expect)
  const unsure = cases.filter((each) => ['tie', 'low'].includes(answer(each).why) && each.expect !== 'none')
  console.log(
    `${half}: ${cases.length - wrong.length} of ${cases.length} (${percent(cases.length - wrong.length, cases.length)}), ${unsure.length} said to be unsure`,
  )
  for (const expected of LABELS) {
    const of = cases.filter(({ expect }) => expect === expected)
    const right = of.filter((each) => chosenFor(each) === expected)
    const claimed = cases.filter((each) => chosenFor(each) === expected)
    const others = LABELS.filter((other) => other !== expected).flatMap((other) => {
      const taken = of.filter((each) => chosenFor(each) === other)
      return taken.length === 0 ? [] : [`${taken.length} ${other}`]
    })
    const taken = others.length === 0 ? '' : `  taken for ${others.join(', ')}`
    console.log(
      `  ${expected.padEnd(12)} recall ${right.length}/${of.length}  precision ${right.length}/${claimed.length}${taken}`,
    )
  }
  for (const each of wrong) {
    const { ranking } = answer(each)
    const said = ranking
      .slice(0, 2)
      .map(
        ({ agent, score, evidence }) =>
          `${agent} ${score} ${evidence.map(({ what, weight }) => `${what} ${weight}`).join('; ')}`,
      )
    console.log(`  ✖ ${each.task} -> ${chosenFor(each)}, not ${each.expect}\n      ${said.join('\n      ')}`)
  }
}

/** `npm run bench route [practice|evaluation]`: how often the agent that was labelled is the one that is chosen. */
export default async (words: readonly string[]) => {
  for (const half of ['practice', 'evaluation'] as const)
    if (hasHalf(half) && (words.length === 0 || words.includes(half))) tell(half)
}
