import type { AgentDefinition } from '../../model/agent.ts'
import { hear, isTalk } from './lean-of-task.ts'
import { manifestOf, type RepositoryFacts, type Side, sideOfFile, sidesOf } from './repository.ts'

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

const addTask = (scores: Scores, { task, agents }: RouteOptions) => {
  const heard = hear(task)
  for (const { words, lean } of heard)
    for (const { name } of agents) add(scores, name, `"${words}"`, lean[name])
  const said = heard.map(({ words }) => words)
  const known = new Set(heard.flatMap(({ lean }) => Object.keys(lean)))
  for (const { name, facts } of agents) {
    if (known.has(name) || isOurs(name)) continue
    for (const keyword of facts.triggers.keywords)
      if (task.toLowerCase().includes(keyword.toLowerCase()) && !said.includes(keyword))
        add(scores, name, `its keyword "${keyword}"`, KEYWORD)
  }
}

const OURS: readonly string[] = ['backend', 'frontend', 'security', 'performance', 'devops']
const isOurs = (name: string) => OURS.includes(name)

const sideBy = (names: readonly string[]): { side: Side | null; by: string } => {
  const { server, browser } = sidesOf(names)
  if (server.length > 0 && browser.length === 0) return { side: 'backend', by: server[0] ?? '' }
  if (browser.length > 0 && server.length === 0) return { side: 'frontend', by: browser[0] ?? '' }
  return { side: null, by: '' }
}

/** A file says most by what it imports, then by its folder and ending, then by what it is built with. */
const sideIn = (file: string, repository: RepositoryFacts): { side: Side | null; by: string } => {
  const imported = sideBy(repository.imports?.[file] ?? [])
  if (imported.side !== null) return { side: imported.side, by: `its import of ${imported.by}` }
  const side = sideOfFile(file)
  if (side !== null) return { side, by: 'its name' }
  return sideBy(manifestOf(file, repository) ?? [])
}

const FILE = 3

const addFiles = (scores: Scores, { files = [], repository }: RouteOptions) => {
  const told = files.flatMap((file) => {
    const { side, by } = sideIn(file, repository)
    return side === null ? [] : [{ file, side, by }]
  })
  for (const { file, side, by } of told) add(scores, side, `${file} (by ${by})`, FILE / told.length ** 0.5)
}

/** Paths that the task itself names. */
export const pathsIn = (task: string): string[] =>
  (
    task.match(/(?<![\w/])(?:[\w@.-]+\/)*[\w@-]+\.[a-z]{1,5}\b|(?<![\w/])(?:[\w@.-]+\/)+[\w@.-]*/g) ?? []
  ).filter(
    (path) =>
      /\/|\.(?:[cm]?[jt]sx?|py|go|java|cs|css|scss|html|sql|ya?ml|tf|vue|svelte)$/.test(path) &&
      !/^\//.test(path),
  )

const addRepository = (scores: Scores, { repository }: RouteOptions) => {
  const all = Object.values(repository.manifests).map(sidesOf)
  const server = all.flatMap((each) => each.server)
  const browser = all.flatMap((each) => each.browser)
  if (server.length > 0 && browser.length === 0)
    add(scores, 'backend', `the repository: ${server.slice(0, 2).join(', ')}, and nothing of a browser`, 1.25)
  if (browser.length > 0 && server.length === 0) {
    const what = `the repository: ${browser.slice(0, 2).join(', ')}, and nothing of a server`
    add(scores, 'frontend', what, 1.25)
    add(scores, 'backend', what, -2)
  }
  const sides = repository.files.map(sideOfFile)
  const infra = sides.filter((side) => side === 'devops').length
  if (infra / Math.max(1, sides.length) > 0.2)
    add(scores, 'devops', 'the repository: mostly deployment files', 1)
}

/** Security, performance and delivery are kinds of work; backend and frontend are places where it is done. */
const PLACES: readonly string[] = ['backend', 'frontend']
const SURE = 4.5
const LIKELY = 2.9
const ENOUGH = 0.55

const sumOf = (evidence: readonly Evidence[]) => evidence.reduce((sum, { weight }) => sum + weight, 0)

/** Where the words name a kind of work, those that name a place say where, and not who. */
const yieldToKind = (scores: Scores) => {
  const kinds = [...scores]
    .filter(([agent]) => !PLACES.includes(agent))
    .map(([, evidence]) => sumOf(evidence))
  const most = Math.max(0, ...kinds)
  if (most < LIKELY) return
  for (const place of PLACES) {
    const score = sumOf(scores.get(place) ?? [])
    const rest = most >= SURE ? 0.4 : 0.6
    if (score > 0)
      add(scores, place, 'the words say where, another agent what kind of work', -score * (1 - rest))
  }
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
  const scores: Scores = new Map(options.agents.map(({ name }) => [name, []]))
  if (!isTalk(options.task)) addTask(scores, options)
  yieldToKind(scores)
  const files = [...(options.files ?? []), ...pathsIn(options.task)]
  addFiles(scores, { ...options, files })
  const heard = [...scores.values()].some((evidence) => evidence.length > 0)
  if (heard) addRepository(scores, options)
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
