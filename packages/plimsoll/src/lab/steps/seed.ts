import type { Config } from '../../model/config.ts'
import type { Workshop } from './workshop.ts'

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
  const { seeds, dir } = workshop.service
  if (config.seed === false) return null
  if (config.seed !== undefined) {
    await workshop.run('seed', { command: config.seed, dir }, env)
    return null
  }
  const [found, ...more] = seeds
  if (found === undefined || more.length > 0) return null
  try {
    await workshop.run('seed', found, env)
    return null
  } catch {
    workshop.signal.throwIfAborted()
    return `"${found.command}" failed, so the database starts without the repo's own seed`
  }
}
