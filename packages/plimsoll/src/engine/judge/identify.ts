import { shortId } from '../../base/ids/short-id.ts'
import type { Verdict } from '../../model/verdict.ts'
import type { Confirmed } from './judge-probe.ts'

export type Judged = { probe: string; standard: string; judgement: Confirmed }

const idAt = ({ probe, standard, judgement }: Judged, length: number) =>
  shortId([probe, standard, judgement.subject], length)

/** Stable ids: four characters, longer only for those that would collide within this Run. */
export const identify = (judged: readonly Judged[]): Verdict[] => {
  const counts = new Map<string, number>()
  for (const one of judged) counts.set(idAt(one, 4), (counts.get(idAt(one, 4)) ?? 0) + 1)
  return judged.map((one) => {
    const id = counts.get(idAt(one, 4)) === 1 ? idAt(one, 4) : idAt(one, 8)
    const replay = one.judgement.status === 'refuted' ? { replay: `plimsoll replay ${id}` } : {}
    return { ...one.judgement, id, probe: one.probe, standard: one.standard, ...replay }
  })
}
