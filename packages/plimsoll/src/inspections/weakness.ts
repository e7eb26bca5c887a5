import { z } from 'zod'
import { SourcePlace } from '../model/evidence.ts'
import type { Severity } from '../model/priority.ts'
import { type Judgement, refuted } from '../model/verdict.ts'

/** One place in code that does what it should not. No secret is in it. */
export const Weakness = z.object({
  /** which of the inspection's kinds */
  kind: z.string(),
  /** what it is about, in a word: `req.params.id`, `JWT_SECRET` */
  name: z.string(),
  /** the route or function around it, or the name of what is declared there; stable between edits */
  scope: z.string(),
  place: SourcePlace,
  /** other places that take part in it, such as where a text is put together before it is used */
  also: z.array(SourcePlace).default([]),
  excerpt: z.string(),
})
export type Weakness = z.infer<typeof Weakness>

/** What a kind of weakness means. */
export type Kind = {
  /** one sentence: what goes wrong */
  title: (name: string) => string
  severity: Severity
  /** a defect is a fact that no condition and no caller can make harmless */
  tier: 'defect' | 'suspicion' | 'advice'
  cwe: number
  repairs: readonly string[]
  notCovered?: readonly string[]
}
export type Kinds = Readonly<Record<string, Kind>>

const MOST_SHOWN = 5
const TIERS = ['defect', 'suspicion', 'advice'] as const

const bySubject = (weaknesses: readonly Weakness[]) => {
  const groups = new Map<string, Weakness[]>()
  for (const one of weaknesses) {
    const subject = `${one.place.file}: ${one.scope}`
    groups.set(subject, [...(groups.get(subject) ?? []), one])
  }
  return groups
}

const linesOf = (group: readonly Weakness[]) => [...new Set(group.map(({ place }) => place.line))]

/** One finding for each route or function: what stands beside one another is repaired together. */
export const judgeWeaknesses = (weaknesses: readonly Weakness[], kinds: Kinds): Judgement[] =>
  [...bySubject(weaknesses)].flatMap(([subject, group]) => {
    const known = group
      .flatMap((one) => {
        const kind = kinds[one.kind]
        return kind === undefined ? [] : [{ ...one, meaning: kind }]
      })
      .sort((a, b) => TIERS.indexOf(a.meaning.tier) - TIERS.indexOf(b.meaning.tier))
    const [first] = known
    if (first === undefined) return []
    const alike = known.filter(({ kind }) => kind === first.kind)
    const { title, severity, tier, cwe, repairs, notCovered } = first.meaning
    return [
      refuted({
        ...{ subject, severity, tier, cwe },
        title: title(first.name),
        detail: `${first.place.file}:${linesOf(alike).join(', ')} · ${first.excerpt}`,
        repairs: [...repairs],
        places: [...known.map(({ place }) => place), ...known.flatMap(({ also }) => also)],
        evidence: known.slice(0, MOST_SHOWN).map(({ name, meaning, place, excerpt }) => ({
          ...{ kind: 'source' as const, title: meaning.title(name), place, excerpt },
        })),
        notCovered: [...(notCovered ?? [])],
      }),
    ]
  })
