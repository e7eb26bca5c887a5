import { keepAnswers } from './kept-answers.ts'
import { queueProofs } from './proofs.ts'
import type { Served, Surface } from './surface.ts'

/** Adds to a surface what all of its connections share; `end` stops what goes on and resolves when it has ended. */
export const openServed = (surface: Surface): { served: Served; end(): Promise<void> } => {
  const stop = new AbortController()
  const proofs = queueProofs()
  const served = { ...surface, proofs, answers: keepAnswers(), signal: stop.signal }
  return {
    served,
    end: async () => {
      stop.abort('the server ends')
      await proofs.close()
      await surface.lent.door?.close()
    },
  }
}
