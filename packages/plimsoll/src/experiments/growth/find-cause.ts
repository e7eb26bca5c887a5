import { medianOf } from '../../base/stats/quantile.ts'
import type { Lab } from '../../lab/lab.ts'
import type { Candidate } from '../../lab/load/choose-operations.ts'
import type { Asked, Store } from './measure.ts'
import type { AtSize, Cause } from './seen.ts'

/** A statement that takes less more is not looked into. */
const LEAST_MS = 1

const msOf = (size: Pick<AtSize, 'statements'> | undefined, shape: string): number => {
  const ms = size?.statements.find((statement) => statement.shape === shape)?.ms ?? []
  return ms.length === 0 ? 0 : medianOf(ms)
}

/** The statement whose time grew the most from the first size to the last; null when none did. */
export const shapeThatGrew = (sizes: readonly Pick<AtSize, 'statements'>[]): string | null => {
  const [first, last] = [sizes[0], sizes.at(-1)]
  const [most] = (last?.statements ?? [])
    .map(({ shape }) => ({ shape, more: msOf(last, shape) - msOf(first, shape) }))
    .sort((a, b) => b.more - a.more)
  return most !== undefined && most.more >= LEAST_MS ? most.shape : null
}

const RECORDED = 2_000

/** Which statement takes the time, how the store runs it, and where it is written. */
export const findCause = async (
  lab: Pick<Lab, 'origin'>,
  store: Store,
  { known }: Candidate,
  sizes: readonly AtSize[],
  last: Asked,
): Promise<Cause | null> => {
  const shape = shapeThatGrew(sizes)
  const example = shape === null ? undefined : last.examples.get(shape)
  if (example === undefined) return null
  const explained = (await store.database.explain?.(example.sql, example.parameters)) ?? null
  return {
    example: { ...example, sql: example.sql.slice(0, RECORDED) },
    plan: explained?.plan ?? null,
    whole: explained?.whole ?? [],
    origin: lab.origin(example.sql, known.route),
  }
}
