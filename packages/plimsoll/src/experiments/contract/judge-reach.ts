import { inconclusive, type Judgement, proven } from '../../model/verdict.ts'
import type { Seen } from './seen.ts'

const ENOUGH = 0.8
const MOST_NAMED = 12

const sources = { repo: 'described in', served: 'described at', survey: 'found in' }

/** How much of the API was reached at all: below four in five nothing is said of the whole. */
export const judgeReach = (seen: Seen): Judgement[] => {
  const { operations, document, requests, ended } = seen
  if (operations.length === 0 || seen.focused) return []
  const reached = operations.filter((one) => one.reached)
  const missed = operations.filter((one) => !one.reached)
  const subject = 'operations'
  const where =
    document === null
      ? ''
      : ` ${sources[document.kind]} ${document.where === '' ? 'the source' : document.where}`
  const detail = `${reached.length} of ${operations.length} operations${where} accepted a request, ${requests.toLocaleString('en')} requests`
  const notCovered = [
    ...missed.slice(0, MOST_NAMED).map(({ operation, why }) => `${operation}: ${why ?? 'not tried'}`),
    ...(missed.length > MOST_NAMED ? [`${missed.length - MOST_NAMED} more operations`] : []),
    ...(seen.short ? ['a part of the inputs of each operation: answers took long'] : []),
    ...(ended === null ? [] : [`what comes after: ${ended}`]),
  ]
  if (reached.length / operations.length >= ENOUGH)
    return [proven({ subject, title: 'The operations were reached', detail, notCovered })]
  return [
    inconclusive({
      subject,
      title: 'Too few operations were reached to speak of the whole',
      detail: ended === null ? detail : `${detail}; ${ended}`,
      notCovered,
    }),
  ]
}
