import type { Answer, MetricComparison } from './comparison.ts'

export type Conclusion = { answer: Answer; reason: string }

const titles = (metrics: readonly MetricComparison[]) => metrics.map(({ title }) => title).join('; ')

/** Figures that this system does not tell decide nothing. */
const told = (metrics: readonly MetricComparison[]) => metrics.filter(({ a, b }) => a !== null && b !== null)

/**
 * One word for all figures. One that got worse makes it `worse`, whatever got better; `better` needs one that did and
 * none that got worse; `same` needs all of them.
 */
export const conclude = (metrics: readonly MetricComparison[]): Conclusion => {
  const of = (answer: Answer) => told(metrics).filter((metric) => metric.answer === answer)
  const [worse, better, same, open] = [of('worse'), of('better'), of('same'), of("can't tell")]
  if (worse.length > 0) {
    const though = better.length > 0 ? `, though better: ${titles(better)}` : ''
    return { answer: 'worse', reason: `worse: ${titles(worse)}${though}` }
  }
  if (better.length > 0) return { answer: 'better', reason: `better: ${titles(better)}` }
  if (open.length > 0) return { answer: "can't tell", reason: `not decided: ${titles(open)}` }
  if (same.length > 0) return { answer: 'same', reason: 'no figure differs by more than the margin' }
  return { answer: "can't tell", reason: 'no figure could be compared' }
}

/** Whether more blocks could not change the word, or only make its figures finer. */
export const isDecided = (metrics: readonly MetricComparison[]): boolean => {
  const { answer } = conclude(metrics)
  const open = told(metrics).some((metric) => metric.answer === "can't tell")
  return answer === 'worse' || (answer !== "can't tell" && !open)
}
