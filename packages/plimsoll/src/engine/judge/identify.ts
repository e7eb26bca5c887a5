import { shortId } from '../../base/ids/short-id.ts'
import type { Verdict } from '../../model/verdict.ts'
import type { Confirmed } from './judge-probe.ts'

export type Judged = { probe: string; standard: string; judgement: Confirmed }

/** The second of one subject is another one; a judge seldom says two things of the same. */
const ordinals = (judged: readonly Judged[]): string[][] => {
  const seen = new Map<string, number>()
  return judged.map(({ probe, standard, judgement: { subject } }) => {
    const parts = [probe, standard, subject]
    const before = seen.get(parts.join('\u0000')) ?? 0
    seen.set(parts.join('\u0000'), before + 1)
    return before === 0 ? parts : [...parts, String(before + 1)]
  })
}

/** Stable ids: four characters, longer only for those that would collide within this Run. */
export const identify = (judged: readonly Judged[]): Verdict[] => {
  const named = ordinals(judged)
  const counts = new Map<string, number>()
  for (const parts of named) counts.set(shortId(parts), (counts.get(shortId(parts)) ?? 0) + 1)
  return judged.map(({ probe, standard, judgement }, index) => {
    const parts = named[index] ?? []
    const id = counts.get(shortId(parts)) === 1 ? shortId(parts) : shortId(parts, 8)
    const replay = judgement.status === 'refuted' ? { replay: `plimsoll replay ${id}` } : {}
    return { ...judgement, id, probe, standard, ...replay }
  })
}
