import type { AgentDefinition } from '../../model/agent.ts'
import { filesCalled } from './identifiers-in.ts'
import { type FileEvidence, ofFiles, ofMentions, ofRepository, partsOf } from './lean-of-files.ts'
import { everydayIn, type Heard, hear, isTalk } from './lean-of-task.ts'
import { pathsIn } from './paths-in.ts'
import type { RepositoryFacts } from './repository.ts'

export type Evidence = { what: string; weight: number }

export type Question = {
  task: string
  /** files that the task is about, relative */
  files?: readonly string[]
  repository: RepositoryFacts
  agents: readonly Pick<AgentDefinition, 'name' | 'facts'>[]
}

/** agent -> what speaks for it and against it, in the order in which it was found */
type Scores = Map<string, Evidence[]>

/** To the precision that is shown, so that what is shown adds up. */
export const round = (value: number) => Math.round(value * 100) / 100

export const sumOf = (evidence: readonly Evidence[]) => evidence.reduce((sum, { weight }) => sum + weight, 0)

const add = (scores: Scores, agent: string, what: string, weight: number | undefined) => {
  if (weight !== undefined && weight !== 0) scores.get(agent)?.push({ what, weight: round(weight) })
}

const addAll = (scores: Scores, found: readonly FileEvidence[]) => {
  for (const { agent, what, weight } of found) add(scores, agent, what, weight)
}

/** Least of the sure words for delivery that make a wish for speed a wish for a faster delivery. */
const DELIVERY = 3
const SOFT = 0.4

/** A build that takes ten minutes is no case for a profiler. */
const softened = (heard: readonly Heard[]): number => {
  const delivery = heard.reduce((sum, { lean, share }) => sum + (lean.devops ?? 0) * share, 0)
  const tools = heard.some(({ lean, isSoft }) => !isSoft && (lean.performance ?? 0) >= 4)
  return delivery >= DELIVERY && !tools ? SOFT : 1
}

const addHeard = (scores: Scores, heard: readonly Heard[], soft: number) => {
  for (const { what, lean, share, isSoft } of heard)
    for (const agent of scores.keys()) {
      const weight = lean[agent]
      if (weight !== undefined) add(scores, agent, what, weight * share * (isSoft ? soft : 1))
    }
}

const OURS: readonly string[] = ['backend', 'frontend', 'security', 'performance', 'devops']
/** How much a keyword of an agent that we do not know by name counts. */
const KEYWORD = 2.5

const addKeywords = (scores: Scores, { task, agents }: Question) => {
  for (const { name, facts } of agents.filter((agent) => !OURS.includes(agent.name)))
    for (const keyword of facts.triggers.keywords)
      if (task.toLowerCase().includes(keyword.toLowerCase()))
        add(scores, name, `its keyword "${keyword}"`, KEYWORD)
}

/** Security, performance and delivery are kinds of work; backend and frontend are places where it is done. */
const PLACES: readonly string[] = ['backend', 'frontend']
/** From here on a kind of work outweighs the place, and the more the surer it is. */
const LIKELY = 2.5
const LEAST_REST = 0.3
const YIELD = 0.15

const mostOfKinds = (scores: Scores) =>
  Math.max(0, ...[...scores].map(([agent, found]) => (PLACES.includes(agent) ? 0 : sumOf(found))))

/** Where the words name a kind of work, those that name a place say where, and not who. */
const yieldTo = (scores: Scores, kind: number) => {
  if (kind < LIKELY) return
  const lost = 1 - Math.max(LEAST_REST, 1 - YIELD * kind)
  for (const place of PLACES) {
    const score = sumOf(scores.get(place) ?? [])
    if (score > 0) add(scores, place, 'the words say where, another agent what kind of work', -score * lost)
  }
}

const EVERYDAY = -2.5
const ASKED = 0.75
/** What a word of looks counts at least. */
const LOOK = 1

/** What speaks for and against each agent: words first, then files, then the repository. */
export const scoreOf = (question: Question): Scores => {
  const { task, repository, agents } = question
  const scores: Scores = new Map(agents.map(({ name }) => [name, []]))
  if (isTalk(task)) return scores
  const { heard, isAsked } = hear(task, partsOf(repository))
  const soft = softened(heard)
  const files = [...(question.files ?? []), ...pathsIn(task), ...filesCalled(task, repository.files)]
  addHeard(
    scores,
    heard.filter(({ isMood }) => !isMood),
    soft,
  )
  addKeywords(scores, question)
  const mentions = [...ofFiles(files, repository), ...ofMentions(task, repository)]
  const isOfTrade = mentions.length > 0 || [...scores.values()].some((evidence) => evidence.length > 0)
  if (isOfTrade)
    addHeard(
      scores,
      heard.filter(({ isMood }) => isMood),
      soft,
    )
  const kind = mostOfKinds(scores)
  const looks = (scores.get('frontend') ?? []).some(({ weight }) => weight >= LOOK)
  addAll(scores, mentions)
  if (isOfTrade || isAsked) addAll(scores, ofRepository(repository, isAsked ? ASKED : 0, looks))
  yieldTo(scores, kind)
  for (const what of everydayIn(task, repository.files))
    for (const { name } of agents) add(scores, name, what, EVERYDAY)
  return scores
}
