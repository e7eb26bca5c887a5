import type { Judgement } from '../../packages/plimsoll/src/model/verdict.ts'
import { executeFolder } from '../../test/support/execute-specimen.ts'
import type { Twin } from './read-twins.ts'

export type Score = {
  found: string[]
  missed: string[]
  alarms: string[]
  /** every judgement, for reading */
  told: string[]
  ms: number
}

const isDefect = ({ status, tier }: Judgement) => status === 'refuted' && tier === 'defect'

const line = (side: string, { status, tier, subject, title, detail }: Judgement) =>
  `${side} ${status}${tier === undefined ? '' : ` ${tier}`}: ${subject}: ${title} (${detail})`

/** `GET /notes/:id title` is about `GET /notes/:id`, and `GET /notes/:id/parts` is not. */
const isOf = (subject: string, operation: string) =>
  subject === operation || (subject.startsWith(operation) && !/^[/\w]/.test(subject.slice(operation.length)))

/** Both sides, one execution each. */
export const scoreTwin = async ({ folder, probe, flaws, decoys }: Twin): Promise<Score> => {
  const fromMs = performance.now()
  const { judged: broken } = await executeFolder(`${folder}/broken`, probe)
  const { judged: fixed } = await executeFolder(`${folder}/fixed`, probe)
  const isSeeded = ({ subject }: Judgement) => flaws.some((flaw) => isOf(subject, flaw))
  const isDecoy = ({ subject }: Judgement) => Object.keys(decoys).some((decoy) => isOf(subject, decoy))
  const found = flaws.filter((flaw) => broken.some((one) => isDefect(one) && isOf(one.subject, flaw)))
  return {
    found,
    missed: flaws.filter((flaw) => !found.includes(flaw)),
    alarms: [
      ...broken
        .filter((one) => isDefect(one) && (!isSeeded(one) || isDecoy(one)))
        .map((one) => line('broken', one)),
      ...fixed.filter(isDefect).map((one) => line('fixed', one)),
    ],
    told: [...broken.map((one) => line('broken', one)), ...fixed.map((one) => line('fixed', one))],
    ms: performance.now() - fromMs,
  }
}
