import { z } from 'zod'
import type { Project } from '../../instruments/source/project.ts'
import { type Judgement, notApplicable, proven, refuted } from '../../model/verdict.ts'
import { defineInspection } from '../define.ts'
import { Declared, type Name, placeIn } from './declared.ts'
import { purposeOf } from './purpose.ts'
import { readConf } from './read-conf.ts'
import { readSql } from './read-sql.ts'
import { isManifest, readYaml } from './read-yaml.ts'

const Seen = z.object({
  /** files that set up or change a PostgreSQL, and were read */
  read: z.array(z.string()),
  declared: z.array(Declared),
})
type Seen = z.infer<typeof Seen>

const NOT_COVERED = ['settings of a managed or already running database', 'what a script sets when it runs']

type Meaning = { title: string; repair: string }

const MEANINGS: Record<Name, Meaning> = {
  fsync: {
    title: 'fsync is off: a power cut can destroy the whole database',
    repair: 'Leave fsync on. For speed, commit several rows together or use faster disks.',
  },
  full_page_writes: {
    title: 'full_page_writes is off: a power cut can leave torn pages that no recovery repairs',
    repair: 'Leave full_page_writes on, unless the file system itself rules out torn pages.',
  },
  synchronous_commit: {
    title: 'synchronous_commit is off: a crash loses what was just acknowledged',
    repair:
      'Leave synchronous_commit on; turn it off with SET LOCAL in transactions whose loss nobody would notice.',
  },
}

const SETS_UP = /postgres|postgis|timescale|pgvector|supabase/i

const readFile = (source: Project, file: string): Declared[] | null => {
  const purpose = purposeOf(file)
  const text = source.text(file)
  if (purpose === 'elsewhere' || text === null) return null
  const production = purpose === 'production'
  if (/(?:^|\/)postgres(?:ql)?[\w.-]*\.conf$/i.test(file))
    return readConf(text).map(({ name, line }) => ({ name, production, ...placeIn(file, text, name, line) }))
  if (file.endsWith('.sql'))
    return readSql(text).map(({ name, line }) => ({ name, production, ...placeIn(file, text, name, line) }))
  if (!/\.ya?ml$/i.test(file) || !SETS_UP.test(text)) return null
  const documents = source.yaml(file) ?? []
  return readYaml(documents).map((name) => ({
    name,
    production: production || isManifest(documents),
    ...placeIn(file, text, name),
  }))
}

/** Losing the last moments is a choice that some make; losing everything is one that hardly anybody means to make. */
const judgeOne = (one: Declared): Judgement => {
  const { title, repair } = MEANINGS[one.name]
  const certain = one.production && one.name !== 'synchronous_commit'
  return refuted({
    subject: `${one.place.file}: ${one.name}`,
    title,
    detail: `${one.place.file}:${one.place.line} · ${one.excerpt}`,
    severity: certain ? 'high' : 'medium',
    tier: certain ? 'defect' : 'suspicion',
    repairs: [repair],
    evidence: [{ kind: 'source', title: one.name, place: one.place, excerpt: one.excerpt }],
    notCovered: ['whether this file is the one in use'],
  })
}

const bySubject = (declared: readonly Declared[]): Declared[] => [
  ...new Map([...declared].reverse().map((one) => [`${one.place.file}: ${one.name}`, one])).values(),
]

/** **Contract:** only reads; what a server really runs with is asked by the experiment `lost-ack`. */
export default defineInspection<Seen>({
  id: 'durability-settings',
  title: 'No file turns off what keeps commits safe',
  standard: 'integrity.durability',
  observes: Seen,
  async inspect(_system, source, { signal }) {
    const seen: Seen = { read: [], declared: [] }
    for (const file of source.files) {
      if (signal.aborted) break
      const found = readFile(source, file)
      if (found === null) continue
      seen.read.push(file)
      seen.declared.push(...found)
    }
    return seen
  },
  judge({ read, declared }) {
    const found = bySubject(declared).map(judgeOne)
    if (read.length === 0)
      return [
        notApplicable({
          subject: 'declared settings',
          title: 'No file sets up a PostgreSQL',
          detail: 'no compose file, manifest, postgresql.conf or SQL file to read',
          notCovered: NOT_COVERED,
        }),
      ]
    if (found.some(({ tier }) => tier === 'defect')) return found
    const clean = proven({
      subject: 'declared settings',
      title: 'No file for production turns off fsync or full_page_writes',
      detail: `${read.length} files read`,
      notCovered: NOT_COVERED,
    })
    return [clean, ...found]
  },
})
