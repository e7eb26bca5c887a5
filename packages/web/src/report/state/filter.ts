import type { Standard } from '../../../../plimsoll/src/model/standard.ts'
import type { Verdict } from '../../../../plimsoll/src/model/verdict.ts'

/** Every word of the filter must be somewhere in what identifies a verdict. */
export const createFilter = (words: string, standards: ReadonlyMap<string, Standard>) => {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return (verdict: Verdict): boolean => {
    const { id, title, detail, subject, probe, standard, severity = '', status, tier = '' } = verdict
    const category = standards.get(standard)?.category ?? ''
    const text = [id, title, detail, subject, probe, standard, severity, status, tier, category]
    const all = text.join('\n').toLowerCase()
    return wanted.every((word) => all.includes(word))
  }
}
