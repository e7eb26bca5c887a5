import { z } from 'zod'
import { comparePep440 } from './compare-pep440.ts'
import { compareSemver } from './compare-semver.ts'

const Event = z.object({
  introduced: z.string().optional(),
  fixed: z.string().optional(),
  last_affected: z.string().optional(),
})
const Affected = z.object({
  package: z.object({ ecosystem: z.string(), name: z.string() }),
  ranges: z.array(z.object({ type: z.string(), events: z.array(Event) })).default([]),
  versions: z.array(z.string()).default([]),
})
type Affected = z.infer<typeof Affected>

/** What is used of an entry in the OSV format. */
const Osv = z.object({
  id: z.string(),
  summary: z.string().default(''),
  aliases: z.array(z.string()).default([]),
  withdrawn: z.string().optional(),
  affected: z.array(z.unknown()).default([]),
  database_specific: z.object({ severity: z.string().optional() }).optional(),
})

export type Advisory = {
  id: string
  aliases: string[]
  summary: string
  severity: 'critical' | 'high' | 'medium' | 'low'
  affected: Affected[]
}

const SEVERITIES: Readonly<Record<string, Advisory['severity']>> = {
  critical: 'critical',
  high: 'high',
  moderate: 'medium',
  medium: 'medium',
  low: 'low',
}

/** Null for what is withdrawn, or not in this format. */
export const readAdvisory = (text: string): Advisory | null => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const { success, data } = Osv.safeParse(value)
  if (!success || data.withdrawn !== undefined) return null
  const affected = data.affected.flatMap((one) => Affected.safeParse(one).data ?? [])
  const said = data.database_specific?.severity?.toLowerCase() ?? ''
  const severity = data.id.startsWith('MAL-') ? 'critical' : (SEVERITIES[said] ?? 'medium')
  return { id: data.id, aliases: data.aliases, summary: data.summary, severity, affected }
}

const COMPARE: Readonly<Record<string, (a: string, b: string) => number | null>> = {
  npm: compareSemver,
  PyPI: comparePep440,
}

/** Of `introduced`, `fixed` and `last_affected` in their order; null where a version cannot be read. */
const isWithin = (version: string, events: readonly z.infer<typeof Event>[], ecosystem: string): boolean => {
  const compare = COMPARE[ecosystem]
  if (compare === undefined) return false
  const reached = (limit: string) => limit === '0' || (compare(version, limit) ?? -1) >= 0
  const passed = (limit: string) => (compare(version, limit) ?? 1) > 0
  let within = false
  for (const { introduced, fixed, last_affected: last } of events) {
    if (introduced !== undefined && reached(introduced)) within = true
    if (fixed !== undefined && reached(fixed)) within = false
    if (last !== undefined && passed(last)) within = false
  }
  return within
}

const sortedEvents = (events: Affected['ranges'][number]['events'], ecosystem: string) => {
  const compare = COMPARE[ecosystem]
  const limit = (one: z.infer<typeof Event>) => one.introduced ?? one.fixed ?? one.last_affected ?? '0'
  return [...events].sort((a, b) => {
    if (limit(a) === '0' || limit(b) === '0') return limit(a) === limit(b) ? 0 : limit(a) === '0' ? -1 : 1
    return compare?.(limit(a), limit(b)) ?? 0
  })
}

const RANGES = new Set(['SEMVER', 'ECOSYSTEM'])

/** The part of an advisory that a version of a package falls under. */
export const affectedBy = (
  { affected }: Advisory,
  { ecosystem, name, version }: { ecosystem: string; name: string; version: string },
): Affected | null =>
  affected.find(
    (one) =>
      one.package.ecosystem === ecosystem &&
      one.package.name.toLowerCase() === name.toLowerCase() &&
      (one.versions.includes(version) ||
        one.ranges.some(
          ({ type, events }) =>
            RANGES.has(type) && isWithin(version, sortedEvents(events, ecosystem), ecosystem),
        )),
  ) ?? null

/** The first version that is fixed after this one; null where none is said to be. */
export const fixedIn = ({ ranges, package: { ecosystem } }: Affected, version: string): string | null => {
  const compare = COMPARE[ecosystem]
  const later = ranges
    .flatMap(({ events }) => events.flatMap(({ fixed }) => fixed ?? []))
    .filter((fixed) => (compare?.(fixed, version) ?? -1) > 0)
  return later.sort((a, b) => compare?.(a, b) ?? 0)[0] ?? null
}
