import type { z } from 'zod'
import { Verdict } from '../../../packages/plimsoll/src/model/verdict.ts'

type Said = Omit<z.input<typeof Verdict>, 'confirmations'> & { of?: number }

/** A verdict as the engine writes it: a finding has its replay, and confirmations that agree. */
export const verdict = ({ of = 3, ...said }: Said): Verdict =>
  Verdict.parse({
    ...(said.status === 'refuted' ? { tier: 'defect', replay: `plimsoll replay ${said.id}` } : {}),
    ...said,
    confirmations: { passed: of, of },
  })
