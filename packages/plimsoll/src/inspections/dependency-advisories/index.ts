import { z } from 'zod'
import { Severity } from '../../model/priority.ts'
import { type Judgement, notApplicable, proven, refuted } from '../../model/verdict.ts'
import { defineInspection } from '../define.ts'
import { type Advisory, affectedBy, fixedIn, readAdvisory } from './advisory.ts'
import { Locked, readLocked } from './locked.ts'

const Hit = Locked.extend({
  id: z.string(),
  aliases: z.array(z.string()),
  summary: z.string(),
  severity: Severity,
  fixed: z.string().nullable(),
})
type Hit = z.infer<typeof Hit>

const Seen = z.object({
  /** null: there is no local database */
  advisories: z.object({ read: z.number().int(), complete: z.boolean() }).nullable(),
  lockfiles: z.array(z.string()),
  packages: z.number().int(),
  hits: z.array(Hit),
})
type Seen = z.infer<typeof Seen>

const NOT_COVERED = [
  'whether the weak code is reached',
  'versions that are not locked',
  'what no advisory tells yet',
]
const SUBJECT = 'locked dependencies'

const hitsOf = (locked: Locked, advisories: readonly Advisory[]): Hit[] =>
  advisories.flatMap((advisory) => {
    const affected = affectedBy(advisory, locked)
    if (affected === null) return []
    const { id, aliases, summary, severity } = advisory
    return [{ ...locked, id, aliases, summary, severity, fixed: fixedIn(affected, locked.version) }]
  })

const byPackage = (hits: readonly Hit[]) => {
  const groups = new Map<string, [Hit, ...Hit[]]>()
  for (const hit of hits) {
    const subject = `${hit.file}: ${hit.name} ${hit.version}`
    const group = groups.get(subject)
    if (group === undefined) groups.set(subject, [hit])
    else if (!group.some(({ id }) => id === hit.id)) group.push(hit)
  }
  return groups
}

const isMalicious = ({ id }: Hit) => id.startsWith('MAL-')

/** Reading cannot tell whether the weak code is reached, so that an advisory alone is never more than medium. */
const severityOf = (group: readonly Hit[]): Severity => {
  if (group.some(isMalicious)) return 'critical'
  return group.every(({ severity, development }) => development || severity === 'low') ? 'low' : 'medium'
}

const judgePackage = (subject: string, group: [Hit, ...Hit[]]): Judgement => {
  const [first] = group
  const { name, version, file, line } = first
  const ids = group.map(({ id }) => id).join(', ')
  const fixed = group.map((one) => one.fixed).at(-1) ?? null
  const place = { file, line }
  return refuted({
    ...{ subject, cwe: 1395, places: [place], severity: severityOf(group) },
    tier: group.every(({ development }) => development) ? 'advice' : 'defect',
    title: group.some(isMalicious)
      ? `${name} ${version} is known to be malicious`
      : `${name} ${version} has ${group.length === 1 ? 'a known weakness' : `${group.length} known weaknesses`}`,
    detail: `${file}:${line} · ${ids}${fixed === null ? '' : ` · fixed in ${fixed}`}`,
    repairs: [
      fixed === null
        ? 'replace it: no version without this weakness is known'
        : `lock ${name} ${fixed} or later; where another package asks for the old one, update that one or override it`,
    ],
    evidence: group.slice(0, 5).map((hit) => ({
      ...{ kind: 'source' as const, title: `${hit.id}: ${hit.summary}`, place },
      excerpt: `${name} ${version}${hit.aliases.length > 0 ? ` · ${hit.aliases.join(', ')}` : ''}`,
    })),
    notCovered: NOT_COVERED.slice(0, 1),
  })
}

/** **Contract:** nothing is fetched; the database is the one of this machine, at its date. */
export default defineInspection<Seen>({
  id: 'dependency-advisories',
  title: 'No locked dependency has a known weakness',
  standard: 'security.supply',
  observes: Seen,
  async inspect(_system, source, { signal }) {
    const database = source.advisories?.() ?? null
    const read = source.files.flatMap((file) => {
      const locked = signal.aborted ? null : readLocked(source, file)
      return locked === null ? [] : [{ file, locked }]
    })
    const locked = read.flatMap((one) => one.locked)
    const lockfiles = read.map(({ file }) => file)
    if (database === null) return { advisories: null, lockfiles, packages: locked.length, hits: [] }
    const { texts, read: count, complete } = database.about(new Set(locked.map(({ name }) => name)), signal)
    const advisories = texts.flatMap((text) => readAdvisory(text) ?? [])
    const hits = locked.flatMap((one) => hitsOf(one, advisories))
    return { advisories: { read: count, complete }, lockfiles, packages: locked.length, hits }
  },
  judge({ advisories, lockfiles, packages, hits }) {
    const missing = (title: string, detail: string) => [
      notApplicable({ subject: SUBJECT, title, detail, notCovered: NOT_COVERED }),
    ]
    if (packages === 0)
      return missing('No lockfile holds a version', 'npm, pnpm, yarn, pip, poetry and uv are read')
    if (advisories === null)
      return missing(
        'There is no local advisory database',
        'set PLIMSOLL_ADVISORIES to a folder or zip of advisories in the OSV format',
      )
    const found = [...byPackage(hits)].map(([subject, group]) => judgePackage(subject, group))
    if (found.length > 0) return found
    const rest = advisories.complete ? [] : ['the rest of the database: it could not be read to its end']
    return [
      proven({
        subject: SUBJECT,
        title: 'No locked version falls under an advisory of the local database',
        detail: `${packages} packages in ${lockfiles.join(', ')} · ${advisories.read} advisories`,
        notCovered: [...rest, ...NOT_COVERED],
      }),
    ]
  },
})
