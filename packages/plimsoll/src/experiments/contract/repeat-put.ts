import type { Base } from './base.ts'
import { isFailure, ordinary } from './examine.ts'
import type { Operation } from './operations.ts'
import { type Answer, shownExchange } from './send.ts'
import { anomalyOf, type Trial } from './trial.ts'

const TIMES = 2

/** A client that heard nothing sends its PUT again: what was accepted just now must not fail then. */
export const repeatPut = async (trial: Trial, operation: Operation, base: Base): Promise<void> => {
  if (operation.described.method !== 'PUT') return
  const again: Answer[] = []
  for (let time = 0; time < TIMES; time += 1) {
    const answer = await trial.sender.send(base.answer.sent)
    if (answer === null || !isFailure(answer.exchange.status)) return
    again.push(answer)
  }
  const [second] = again
  if (second === undefined) return
  trial.notes.add(
    anomalyOf({
      check: 'repeat-put',
      operation: operation.label,
      problem: `the same request a second time answered ${second.exchange.status}`,
      input: ordinary('chains', 'the same request again'),
      exchanges: [
        { title: 'The request, accepted', exchange: shownExchange(base.answer.exchange) },
        { title: 'The same request once more', exchange: shownExchange(second.exchange) },
      ],
    }),
  )
}
