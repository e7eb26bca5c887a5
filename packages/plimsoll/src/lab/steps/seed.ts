import type { Config } from '../../model/config.ts'
import type { Order, Workshop } from './workshop.ts'

/** The command that seeds: the configured one, or the repo's own when there is exactly one; null where there is none. */
export const seedOf = ({ service: { seeds, dir } }: Workshop, { seed }: Config): Order | null => {
  if (seed === false) return null
  if (seed !== undefined) return { command: seed, dir }
  const [found, ...more] = seeds
  return found === undefined || more.length > 0 ? null : found
}

/**
 * Seeds the template: with the configured command, or with the repo's own when there is exactly one.
 * @returns what failed in an inferred seed, as a limit; null when nothing did
 * @throws the step's fault when the configured command fails
 */
export const seed = async (
  workshop: Workshop,
  config: Config,
  env: Readonly<Record<string, string>>,
): Promise<string | null> => {
  const order = seedOf(workshop, config)
  if (order === null) return null
  try {
    await workshop.run('seed', order, env)
    return null
  } catch (thrown) {
    workshop.signal.throwIfAborted()
    if (config.seed !== undefined) throw thrown
    return `"${order.command}" failed, so the database starts without the repo's own seed`
  }
}
