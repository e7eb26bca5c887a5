import { type Field, take } from './field.ts'
import type { Seen } from './seen.ts'
import { timedOf } from './steady.ts'

const SECONDS = 3

/** Each operation, one request after the other, with nothing beside. */
export const timeAlone = async (field: Field, names: readonly string[]): Promise<Seen['alone']> => {
  const timed: Seen['alone'] = []
  for (const name of names) {
    const taken = await take(
      { ...field, names: [name] },
      { arrivals: { kind: 'closed', connections: 1 }, connections: 1, seconds: SECONDS },
    )
    const result = taken.window.load.operations.find((one) => one.name === name)
    if (result !== undefined) timed.push({ ...timedOf(result), noise: taken.noise })
  }
  return timed
}
