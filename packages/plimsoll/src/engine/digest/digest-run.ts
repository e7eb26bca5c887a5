import type { SourcePlace } from '../../model/evidence.ts'
import type { Category, Severity } from '../../model/priority.ts'
import { conclude } from '../../model/reading/conclusion.ts'
import { categoryOf, readVerdicts } from '../../model/reading/findings.ts'
import { tellOutbound } from '../../model/reading/outbound.ts'
import type { Run } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'

/** One finding in a few facts. */
export type FindingFacts = {
  id: string
  title: string
  severity: Severity
  tier: 'defect' | 'suspicion' | 'advice'
  category: Category
  standard: string
  /** the experiment or inspection; what `only` takes to prove it again */
  probe: string
  subject: string
  why: string
  /** `src/db.ts:9`, the surest first */
  where: readonly string[]
  /** the repair that helps best; null where none is known */
  repair: string | null
  confirmations: Verdict['confirmations']
}

type Open = { id: string; title: string; probe: string; subject: string; why: string }

/** A Run in short: what holds, what does not, and what nobody knows. Lists have the most important first. */
export type RunDigest = {
  run: string
  end: Run['end']
  exitCode: number
  /** one sentence without its full stop */
  conclusion: string
  problem: NonNullable<Run['problem']> | null
  counts: {
    refuted: number
    suspicions: number
    advice: number
    proven: number
    inconclusive: number
    errored: number
    notRun: number
  }
  defects: readonly FindingFacts[]
  suspicions: readonly FindingFacts[]
  inconclusive: readonly Open[]
  errored: readonly Open[]
  /** probes that had something to prove here and did not run */
  notRun: readonly { probe: string; reason: string }[]
  notCovered: readonly string[]
  /** what the app wanted outside the lab, a sentence for each address */
  outbound: readonly string[]
  /** what held the repository's code to the lab's own files; null where nothing was wanted */
  sandbox: NonNullable<Run['lab']['sandbox']> | null
}

const spell = ({ file, line }: SourcePlace) => `${file}:${line}`

const ROUTE = /^([A-Z]+) (\/[^\s×]*)/

/** Where the handler of the route stands that a verdict is about. */
const handlerOf = ({ system }: Run, { subject }: Verdict): string[] => {
  const [, method, path] = ROUTE.exec(subject) ?? []
  const routes = system.services.flatMap((service) => service.routes)
  const route = routes.find((one) => one.path === path && (one.method === method || one.method === 'ANY'))
  return route === undefined ? [] : [spell(route.handler.place ?? route.place)]
}

/** Where the client of the store is made that a verdict is about: `postgres: survival`. */
const clientOf = ({ system }: Run, { subject }: Verdict): string[] =>
  system.services
    .flatMap(({ stores }) => stores)
    .flatMap(({ store, place }) =>
      place !== null && new RegExp(`^${store.replace(/\W/g, '\\$&')}\\b`).test(subject) ? [spell(place)] : [],
    )

/** Places in the source to look at, the surest first. */
export const placesOf = (run: Run, verdict: Verdict): string[] => {
  const shown = verdict.evidence.flatMap((one) => (one.kind === 'source' ? [spell(one.place)] : []))
  const known = [...(verdict.places ?? []).map(spell), ...shown, ...handlerOf(run, verdict)]
  return [...new Set(known.length > 0 ? known : clientOf(run, verdict))]
}

const factsOf = (run: Run, verdict: Verdict): FindingFacts => ({
  id: verdict.id,
  title: verdict.title,
  severity: verdict.severity ?? 'low',
  tier: verdict.tier ?? 'defect',
  category: categoryOf(run)(verdict),
  standard: verdict.standard,
  probe: verdict.probe,
  subject: verdict.subject,
  why: verdict.detail,
  where: placesOf(run, verdict),
  repair: verdict.repairs[0] ?? null,
  confirmations: verdict.confirmations,
})

const openOf = ({ id, title, probe, subject, detail }: Verdict): Open => ({
  id,
  title,
  probe,
  subject,
  why: detail,
})

/** The facts of a Run that matter to whoever goes on working. */
export const digestRun = (run: Run): RunDigest => {
  const reading = readVerdicts(run)
  const defects = reading.defects.flatMap(({ verdicts }) => verdicts)
  const judged = new Set(run.verdicts.map(({ probe }) => probe))
  const skipped = new Set(run.probes.filter(({ outcome }) => outcome === 'skipped').map(({ probe }) => probe))
  const notRun = run.probes
    .filter(({ outcome, probe }) => skipped.has(probe) || (outcome === 'errored' && !judged.has(probe)))
    .map(({ probe, reason = 'no reason was given' }) => ({ probe, reason }))
  // A Run calls what was not run inconclusive; whoever goes on working has to know which of the two it is.
  const inconclusive = reading.inconclusive.filter(({ probe }) => !skipped.has(probe))
  return {
    run: run.id,
    end: run.end,
    exitCode: run.exitCode,
    conclusion: conclude(run).sentence,
    problem: run.problem ?? null,
    counts: {
      refuted: defects.length,
      suspicions: reading.suspicions.length,
      advice: reading.advice.length,
      proven: reading.proven.length,
      inconclusive: inconclusive.length,
      errored: reading.errored.length,
      notRun: notRun.length,
    },
    defects: defects.map((verdict) => factsOf(run, verdict)),
    suspicions: reading.suspicions.map((verdict) => factsOf(run, verdict)),
    inconclusive: inconclusive.map(openOf),
    errored: reading.errored.map(openOf),
    notRun,
    notCovered: run.notCovered,
    outbound: tellOutbound(run),
    sandbox: run.lab.sandbox ?? null,
  }
}
