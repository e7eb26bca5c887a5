import type { z } from 'zod'
import type { Lab } from '../../lab/lab.ts'
import type { Exchange } from '../../model/evidence.ts'
import { cut, succeeds } from './answers.ts'
import { ATTEMPTS, slowedBy, stoppedBy, switchesIn } from './guess-passwords.ts'
import { meetPerson } from './person.ts'
import { recoveriesOf } from './recoveries.ts'
import type { Recovery } from './seen.ts'

/** Asks for a new password of one account, made for it, again and again. */
export const repeatRecovery = async (lab: Lab, signal: AbortSignal): Promise<z.infer<typeof Recovery>[]> => {
  const person = await meetPerson(lab)
  if (person === null || !person.own) return []
  const found: z.infer<typeof Recovery>[] = []
  for (const request of recoveriesOf(lab, person).slice(0, 1)) {
    const answers: Exchange[] = []
    let limitedBy: string | null = null
    while (answers.length < ATTEMPTS && limitedBy === null && !signal.aborted) {
      const answer = await lab.http.request({ ...request, signal })
      if (answers.length === 0 && !succeeds(answer)) break
      answers.push(answer)
      limitedBy = stoppedBy(answers)
    }
    const last = answers.at(-1)
    if (last === undefined) continue
    found.push({
      operation: `POST ${request.path}`,
      attempts: answers.length,
      limitedBy: limitedBy ?? slowedBy(answers) ?? '',
      last: cut(last),
      switches: switchesIn(lab),
    })
  }
  return found
}
