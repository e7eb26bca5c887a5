import { z } from 'zod'
import { type Judgement, proven, refuted } from '../../model/verdict.ts'
import { defineInspection } from '../define.ts'
import { Leak, SIGNING_SECRET } from './leak.ts'
import { scanFile } from './scan-file.ts'
import { findSigningSecrets } from './signing-secrets.ts'

const Seen = z.object({
  files: z.number().int(),
  /** the time ran out before every file was read */
  unread: z.number().int(),
  leaks: z.array(Leak),
})
type Seen = z.infer<typeof Seen>

const NOT_COVERED = [
  'git history',
  'binary files and files over 1 MB',
  'credentials split over several strings',
]

const REPAIRS = [
  'revoke or rotate it where it was issued: whoever has a copy of the repository has it',
  'read it from the environment or a secret store, and fail at start when it is missing',
  'ignore the file that holds it, and track an example with placeholders instead',
]

/** Most files mention no signing at all and need no parsing. */
const MAY_SIGN = /jsonwebtoken|jwt-simple|\bsecretOrKey|\b(?:jwtS|s)ecret\s*:/

const samePlace = (a: Leak, b: Leak) =>
  a.place.file === b.place.file && a.place.line === b.place.line && a.redacted === b.redacted

/** A literal that several files sign with, or that also looks generated, is one leak: the surest is kept. */
const withoutEchoes = (leaks: readonly Leak[]) =>
  leaks.filter(
    (leak, at) =>
      !leaks.some(
        (other, before) =>
          samePlace(leak, other) && (leak.certain === other.certain ? before < at : other.certain),
      ),
  )

/** Several of one kind in one file are one finding: they are repaired together, and lines move between runs. */
const bySubject = (leaks: readonly Leak[]) => {
  const groups = new Map<string, [Leak, ...Leak[]]>()
  for (const leak of leaks) {
    const subject = `${leak.place.file}: ${leak.name}`
    const group = groups.get(subject)
    if (group) group.push(leak)
    else groups.set(subject, [leak])
  }
  return groups
}

const signsAt = ({ place, usedAt }: Leak) =>
  usedAt && (usedAt.file !== place.file || usedAt.line !== place.line)
    ? ` · signs at ${usedAt.file}:${usedAt.line}`
    : ''

const judgeLeaks = (subject: string, leaks: readonly [Leak, ...Leak[]]): Judgement => {
  const [first] = leaks
  const certain = leaks.some((leak) => leak.certain)
  const lines = [...new Set(leaks.map((leak) => leak.place.line))]
  return refuted({
    subject,
    severity: certain ? first.severity : first.severity === 'low' ? 'low' : 'medium',
    tier: certain ? 'defect' : 'suspicion',
    title: certain
      ? `${first.name} is in a tracked file`
      : `${first.name} looks like a credential in a tracked file`,
    detail: `${first.place.file}:${lines.join(', ')} · ${first.redacted}${signsAt(first)}`,
    cwe: first.name === SIGNING_SECRET ? 321 : 798,
    places: leaks.map(({ place }) => place),
    repairs: REPAIRS,
    evidence: leaks.slice(0, 5).map((leak) => ({
      kind: 'source' as const,
      title: leak.name,
      place: leak.place,
      excerpt: leak.excerpt,
    })),
    notCovered: ['whether it is still valid: nothing was sent to its provider'],
  })
}

/**
 * **Contract:** no secret leaves `inspect`: what is seen holds its first characters only. Stops between two files
 * when the signal aborts, and says how many were left.
 */
export default defineInspection<Seen>({
  id: 'secret-leak',
  title: 'No credential in a tracked file',
  standard: 'security.transport-storage',
  observes: Seen,
  async inspect(_system, source, { signal }) {
    const leaks: Leak[] = []
    let files = 0
    for (const file of source.files) {
      if (signal.aborted) break
      files += 1
      const text = source.text(file)
      if (text === null) continue
      leaks.push(...scanFile(file, text))
      if (MAY_SIGN.test(text)) leaks.push(...findSigningSecrets(file, source.script))
    }
    return { files, unread: source.files.length - files, leaks: withoutEchoes(leaks) }
  },
  judge({ files, unread, leaks }) {
    const found = [...bySubject(leaks)].map(([subject, group]) => judgeLeaks(subject, group))
    if (leaks.some((leak) => leak.certain)) return found
    const rest = unread > 0 ? [`${unread} files: the time ran out`] : []
    const clean = proven({
      subject: 'tracked files',
      title: 'No credential of a known form is in a tracked file',
      detail: `${files} files read`,
      notCovered: [...rest, ...NOT_COVERED],
    })
    return [clean, ...found]
  },
})
