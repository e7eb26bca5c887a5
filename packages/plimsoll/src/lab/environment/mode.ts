import type { Config } from '../../model/config.ts'
import type { Service } from '../../model/system.ts'
import { needsMadeUp } from './made-up.ts'

/** What the lab decides about the app's environment where neither the repo nor the user does. */
export type Mode = {
  /** value of NODE_ENV; null: the lab gives none */
  nodeEnv: string | null
  /** disposable secrets stand in for those that nothing gives */
  madeUp: boolean
}

const nodeEnvsOf = ({ language, env }: Service, config: Config): (string | null)[] => {
  const given = config.env?.NODE_ENV ?? env.find(({ name }) => name === 'NODE_ENV')?.example
  if (language !== 'javascript' || (given !== undefined && given !== null)) return [null]
  return ['production', 'development']
}

/**
 * Modes in which the app may start, best first. Production, because that is what is deployed; development when the
 * app only starts so; without made-up secrets when one of them turns on what the app then cannot do.
 */
export const modesOf = (service: Service, config: Config): Mode[] => {
  const nodeEnvs = nodeEnvsOf(service, config)
  const given = new Set(Object.keys(config.env ?? {}))
  const bare = service.env.some((read) => !given.has(read.name) && needsMadeUp(read))
  return [
    ...nodeEnvs.map((nodeEnv) => ({ nodeEnv, madeUp: true })),
    ...(bare ? [{ nodeEnv: nodeEnvs[0] ?? null, madeUp: false }] : []),
  ]
}

/** For steps that run before it is known how the app starts. */
export const firstMode = (service: Service, config: Config): Mode =>
  modesOf(service, config)[0] ?? { nodeEnv: null, madeUp: true }
