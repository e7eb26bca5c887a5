import { isSecret } from '../base/text/secret-names.ts'
import { type Health, healthRoutes } from '../model/reading/health-routes.ts'
import type { Run } from '../model/run.ts'
import type { Route, Service } from '../model/system.ts'
import type { Verdict } from '../model/verdict.ts'
import type { HandoffInput } from './define.ts'

/** A name that every tool takes: `booking-example`. */
export const slugOf = ({ name }: Pick<Service, 'name'>): string =>
  name
    .toLowerCase()
    .replace(/^@[^/]+\//, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50) || 'service'

/** An address that leads to a store holds its password. */
const ADDRESS = /_(?:url|uri|dsn)$/i

/** A variable whose value belongs into a secret store and in no file. */
const isKept = (name: string): boolean => isSecret(name) || ADDRESS.test(name)

export type Variable = { name: string; secret: boolean; default: string | null; required: boolean }

/** Variables of a service, sorted; the one of its port is left to what starts it. */
export const variablesOf = ({ env, ports }: Service): Variable[] => {
  const port = ports.find((each) => each.env !== null)?.env
  const names = new Map(env.map((read) => [read.name, read]))
  return [...names.values()]
    .filter(({ name }) => name !== port && name !== 'NODE_ENV')
    .map(({ name, default: fallback, example, required }) => ({
      name,
      secret: isKept(name),
      default: isKept(name) ? null : (fallback ?? example),
      required: required === true || fallback === null,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

export const portOf = ({ ports }: Service): { port: number; env: string | null } => {
  const [first] = ports.filter(({ port }) => port > 0)
  return { port: first?.port ?? 3000, env: ports.find(({ env }) => env !== null)?.env ?? null }
}

/** Paths that say whether it is ready and whether it lives; null where there is no such route. */
export const healthOf = ({ routes }: Service): Health => healthRoutes(routes, {})

export const isDefect = ({ status, tier }: Verdict) => status === 'refuted' && tier === 'defect'

const CATEGORY_OF = (run: Run, { standard }: Verdict) =>
  run.standards.find(({ id }) => id === standard)?.category ?? standard.split('.')[0] ?? ''

/** Verdicts of one category, in the order of the Run. */
export const verdictsOf = (run: Run | null, category: string): Verdict[] =>
  run === null ? [] : run.verdicts.filter((verdict) => CATEGORY_OF(run, verdict) === category)

/** A figure by its name, from the first verdict of that probe which has it; null where it was not measured. */
export const figureOf = (run: Run | null, probe: string, name: string) =>
  run?.verdicts
    .filter((verdict) => verdict.probe === probe)
    .flatMap(({ figures }) => figures)
    .find((figure) => figure.name === name) ?? null

/** Where the figures come from: the sentence that stands at the head of every artifact. */
export const sourceLine = ({ run, system }: HandoffInput): string => {
  const commit = system.commit === null ? 'no commit' : `commit ${system.commit.slice(0, 7)}`
  return run === null
    ? `Made by Plimsoll from the source (${commit}). Nothing was proved yet: run "plimsoll prove" and make it again.`
    : `Made by Plimsoll from Run ${run.id} (${run.startedAt.slice(0, 10)}, ${commit}).`
}

export const changesState = ({ method }: Route) => !['GET', 'HEAD', 'OPTIONS'].includes(method)

/** Text that stands in a cell of a Markdown table. */
export const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
