import type { AgentDefinition } from '../../model/agent.ts'
import { ofFiles, ofMentions, ofRepository, partsOf } from './lean-of-files.ts'
import { everydayIn, type Heard, hear, isTalk } from './lean-of-task.ts'
import { pathsIn } from './paths-in.ts'
import type { RepositoryFacts } from './repository.ts'

export { pathsIn }

export type Evidence = { what: string; weight: number }

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

export type RouteOptions = {
  task: string
  /** files that the task is about, relative */
  files?: readonly string[]
  repository: RepositoryFacts
  agents: readonly Pick<AgentDefinition, 'name' | 'facts'>[]
}

/** Less than this says nothing. */
const LEAST = 1.5
/** Nearer than this is a tie. */
const MARGIN = 0.75
/** How much a keyword of an agent that we do not know by name counts. */
const KEYWORD = 2.5

const round = (value: number) => Math.round(value * 100) / 100

type Scores = Map<string, Evidence[]>

const add = (scores: Scores, agent: string, what: string, weight: number | undefined) => {
  if (weight !== undefined && weight !== 0) scores.get(agent)?.push({ what, weight: round(weight) })
}

/** Least of the sure words for delivery that make a wish for speed a wish for a faster delivery. */
const OBJECT = 3
const SOFT = 0.4

/** A build that takes ten minutes is no case for a profiler. */
const softened = (heard: readonly Heard[]): number => {
  const delivery = heard.reduce((sum, { lean, share }) => sum + (lean.devops ?? 0) * share, 0)
  const tools = heard.some(({ lean, isSoft }) => !isSoft && (lean.performance ?? 0) >= 4)
  return delivery >= OBJECT && !tools ? SOFT : 1
}

const addTask = (scores: Scores, { task, agents }: RouteOptions, heard: readonly Heard[]) => {
  const soft = softened(heard)
  for (const { what, lean, share, isSoft } of heard)
    for (const { name } of agents) {
      const weight = lean[name]
      if (weight !== undefined) add(scores, name, what, weight * share * (isSoft ? soft : 1))
    }
  for (const { name, facts } of agents) {
    if (isOurs(name)) continue
    for (const keyword of facts.triggers.keywords)
      if (task.toLowerCase().includes(keyword.toLowerCase()))
        add(scores, name, `its keyword "${keyword}"`, KEYWORD)
  }
}

const OURS: readonly string[] = ['backend', 'frontend', 'security', 'performance', 'devops']
const isOurs = (name: string) => OURS.includes(name)

/** Security, performance and delivery are kinds of work; backend and frontend are places where it is done. */
const PLACES: readonly string[] = ['backend', 'frontend']
/** From here on a kind of work outweighs the place, and the more the surer it is. */
const LIKELY = 2.5
const SURE = 4
const VERY_SURE = 7

const sumOf = (evidence: readonly Evidence[]) => evidence.reduce((sum, { weight }) => sum + weight, 0)

const restOf = (most: number) => (most >= VERY_SURE ? 0.3 : most >= SURE ? 0.4 : 0.6)

/** Where the words name a kind of work, those that name a place say where, and not who. */
const yieldToKind = (scores: Scores) => {
  const kinds = [...scores]
    .filter(([agent]) => !PLACES.includes(agent))
    .map(([, evidence]) => sumOf(evidence))
  const most = Math.max(0, ...kinds)
  if (most < LIKELY) return
  for (const place of PLACES) {
    const score = sumOf(scores.get(place) ?? [])
    if (score > 0)
      add(scores, place, 'the words say where, another agent what kind of work', -score * (1 - restOf(most)))
  }
}

const EVERYDAY = -2.5
const ASKED = 0.75

const score = (options: RouteOptions): Scores => {
  const scores: Scores = new Map(options.agents.map(({ name }) => [name, []]))
  const files = [...(options.files ?? []), ...pathsIn(options.task)]
  const isOnlyTalk = isTalk(options.task)
  const { heard, isAsked } = isOnlyTalk
    ? { heard: [], isAsked: false }
    : hear(options.task, partsOf(options.repository))
  addTask(scores, options, heard)
  for (const { agent, what, weight } of ofFiles(files, options.repository)) add(scores, agent, what, weight)
  if (!isOnlyTalk)
    for (const { agent, what, weight } of ofMentions(options.task, options.repository))
      add(scores, agent, what, weight)
  const isOfTrade = [...scores.values()].some((evidence) => evidence.length > 0)
  if (isOfTrade || (isAsked && !isOnlyTalk))
    for (const { agent, what, weight } of ofRepository(options.repository, isAsked ? ASKED : 0))
      add(scores, agent, what, weight)
  yieldToKind(scores)
  for (const word of everydayIn(options.task, options.repository.files))
    for (const { name } of options.agents) add(scores, name, `"${word}" is of everyday life`, EVERYDAY)
  return scores
}

const named = ({ task, agents }: RouteOptions): { agent: string; rest: string } | null => {
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
export const route = (options: RouteOptions): Routed => {
  const direct = named(options)
  const scores = score(options)
  const ranking = [...scores]
    .map(([agent, evidence]) => ({
      agent,
      score: round(sumOf(evidence)),
      evidence: [...evidence].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
    }))
    .sort((a, b) => b.score - a.score)
  if (direct !== null) return { ranking, chosen: direct.agent, why: 'named', task: direct.rest }
  return { ranking, ...judge(ranking), task: options.task }
}
