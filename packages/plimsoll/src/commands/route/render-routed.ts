import type { Ranked, Routed } from '../../agent/activation/route.ts'
import { visibleWidth, wrap } from '../../base/text/wrap.ts'

const MOST_EVIDENCE = 6
/** A score below this may come from one weak word. */
const LITTLE = 2.5

const signed = (weight: number) => (weight < 0 ? `−${Math.abs(weight)}` : `+${weight}`)

const evidenceOf = ({ evidence }: Ranked): string => {
  const told = evidence.slice(0, MOST_EVIDENCE).map(({ what, weight }) => `${what} ${signed(weight)}`)
  const rest = evidence.slice(MOST_EVIDENCE)
  const sum = Math.round(rest.reduce((all, { weight }) => all + weight, 0) * 100) / 100
  return [...told, ...(rest.length > 0 ? [`${rest.length} more ${signed(sum)}`] : [])].join(' · ')
}

const conclude = ({ ranking, chosen, why }: Routed): string => {
  const [first, second] = ranking
  if (why === 'named') return `${chosen} was named, and that decides.`
  if (chosen === null || first === undefined)
    return 'Nothing speaks for any of them. Say more, name a file with --files, or an agent with "@name".'
  if (why === 'tie')
    return `It is nearly a tie with ${second?.agent}: name one with "@name" if this is the wrong one.`
  if (first.score < LITTLE)
    return `Little speaks for anyone, and most of it for ${chosen}: name a file with --files, or an agent with "@name", to be sure.`
  return `${chosen} is clear: ${second?.agent} is ${Math.round((first.score - (second?.score ?? 0)) * 100) / 100} behind.`
}

/** Ranking, scores and evidence, at most `width` columns. */
export const renderRouted = (routed: Routed, width: number): string => {
  const name = Math.max(...routed.ranking.map(({ agent }) => visibleWidth(agent)))
  const rows = routed.ranking.flatMap((ranked, index) => {
    const head = `  ${index + 1}  ${ranked.agent.padEnd(name)}  ${ranked.score.toFixed(2).padStart(6)}  `
    return wrap(evidenceOf(ranked), { width, indent: head, hanging: ' '.repeat(head.length) })
  })
  const conclusion = wrap(conclude(routed), { width, indent: '  ' })
  return `\n${rows.join('\n')}\n\n${conclusion.join('\n')}\n`
}
