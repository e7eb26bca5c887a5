import { pathsIn } from './paths-in.ts'
import { type Evidence, type Question, round, scoreOf, sumOf } from './score.ts'

export { pathsIn }

export type Ranked = { agent: string; score: number; evidence: readonly Evidence[] }

export type Routed = {
  /** best first */
  ranking: readonly Ranked[]
  /** null where nothing speaks for anyone */
  chosen: string | null
  /** `named`: by `@name`; `tie`: the next one is as good; `low`: hardly anything speaks for it */
  why: 'named' | 'clear' | 'tie' | 'low'
  /** the task without the name */
  task: string
}

/** Less than this says nothing. */
const LEAST = 1.5
/** Nearer than this is a tie. */
const MARGIN = 0.75

const named = ({ task, agents }: Question): { agent: string; rest: string } | null => {
  const found = /(?:^|\s)@([\w-]+)\b/.exec(task)
  const agent = agents.find(({ name }) => name.toLowerCase() === found?.[1]?.toLowerCase())
  return found === null || agent === undefined
    ? null
    : { agent: agent.name, rest: task.replace(found[0], ' ').trim() }
}

const judge = ([first, second]: readonly Ranked[]): Pick<Routed, 'chosen' | 'why'> => {
  if (first === undefined || first.score < LEAST) return { chosen: null, why: 'low' }
  if (second !== undefined && first.score - second.score < MARGIN) return { chosen: first.agent, why: 'tie' }
  return { chosen: first.agent, why: 'clear' }
}

/** Who should do a task, with everything that spoke for and against each. The same input gives the same answer. */
export const route = (question: Question): Routed => {
  const direct = named(question)
  const ranking = [...scoreOf(question)]
    .map(([agent, evidence]) => ({
      agent,
      score: round(sumOf(evidence)),
      evidence: [...evidence].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
    }))
    .sort((a, b) => b.score - a.score)
  if (direct !== null) return { ranking, chosen: direct.agent, why: 'named', task: direct.rest }
  return { ranking, ...judge(ranking), task: question.task }
}
