import { fault } from '../../base/errors/fault.ts'
import { nearest } from '../../base/text/nearest.ts'
import type { Config } from '../../model/config.ts'
import type { Standard } from '../../model/standard.ts'

export type EffectiveStandards = { standards: Standard[]; overrides: Record<string, number | null> }

const check = (ids: readonly string[], known: readonly Standard[], file: string) => {
  for (const id of ids) {
    if (known.some((standard) => standard.id === id)) continue
    const close = nearest(
      id,
      known.map((standard) => standard.id),
    )
    const problem = `"standards.${id}" is not a standard${close === null ? '' : `; did you mean "${close}"?`}`
    throw fault('E_CONFIG_INVALID', { file, problem })
  }
}

/** The user's thresholds over the defaults; `false` leaves a standard out. Overrides remember the default. */
export const applyOverrides = (
  known: readonly Standard[],
  wanted: Config['standards'],
  file: string,
): EffectiveStandards => {
  const changes = wanted ?? {}
  check(Object.keys(changes), known, file)
  const overrides: Record<string, number | null> = {}
  const standards = known.flatMap((standard) => {
    const change = changes[standard.id]
    if (change === undefined) return [standard]
    overrides[standard.id] = change === false ? null : standard.threshold.value
    if (change === false) return []
    return [{ ...standard, threshold: { ...standard.threshold, value: change } }]
  })
  return { standards, overrides }
}
