import type { Run } from '../../model/run.ts'
import { defineReporter } from '../define.ts'

/** Characters that could end a script element, or open a comment in it, as JSON escapes. */
const embed = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Only the texts about what this Run holds: its probes and the standards they decide. */
const explanationsFor = (run: Run, text: string): Record<string, string> => {
  const all: unknown = JSON.parse(text)
  if (!isRecord(all)) return {}
  const wanted = [
    ...new Set([
      ...run.probes.flatMap((it) => [`experiments/${it.probe}`, `inspections/${it.probe}`]),
      ...run.verdicts.flatMap((it) => [`experiments/${it.probe}`, `inspections/${it.probe}`]),
      ...run.verdicts.map((it) => `standards/${it.standard}`),
    ]),
  ]
  return Object.fromEntries(
    wanted.flatMap((key) => {
      const explanation = all[key]
      return typeof explanation === 'string' && explanation !== '' ? [[key, explanation]] : []
    }),
  )
}

export default defineReporter({
  id: 'html',
  title: 'HTML: one file with all evidence, that needs no network',
  file: 'report.html',
  render: (run, options) => {
    const values: Record<string, () => string> = {
      '"plimsoll:run"': () => embed(run),
      '"plimsoll:explanations"': () => embed(explanationsFor(run, options.asset('explanations.json'))),
    }
    return options
      .asset('report.html')
      .replace(
        /(?<=id="(run|explanations)">)"plimsoll:\1"(?=<\/script>)/g,
        (mark) => values[mark]?.() ?? mark,
      )
  },
})
