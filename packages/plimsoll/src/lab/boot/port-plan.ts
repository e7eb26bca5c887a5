import { freePort } from '../../instruments/port/free-port.ts'
import type { Config } from '../../model/config.ts'
import type { Service } from '../../model/system.ts'
import { portNames } from '../environment/port-names.ts'

/** How the app gets its port. */
export type PortPlan = {
  /** variables that tell it, the serving one first */
  names: readonly string[]
  /** those that the survey found to be ports of their own (metrics, administration) */
  separate: ReadonlySet<string>
  /** it listens here whatever it is told; null when it listens where it is told */
  fixed: number | null
}

export type Ports = {
  /** variable -> port */
  env: ReadonlyMap<string, number>
  /** the serving one first */
  told: readonly number[]
}

/** The port that is written into the app, when nothing says that it can be told another. */
export const fixedPortOf = (service: Service, config: Config): number | null => {
  if (config.port?.fixed !== undefined) return config.port.fixed
  if (config.port?.env !== undefined || service.ports.some(({ env }) => env !== null)) return null
  return service.ports.find(({ port }) => port > 0)?.port ?? null
}

export const planPorts = (service: Service, config: Config): PortPlan => ({
  names: portNames(service, config),
  separate: new Set(service.ports.map(({ env }) => env).filter((name) => name !== null)),
  fixed: config.port?.fixed ?? null,
})

/** Chooses the ports of one boot. A fixed port is also told, which does no harm. */
export const choosePorts = async ({ names, separate, fixed }: PortPlan): Promise<Ports> => {
  const serving = fixed ?? (await freePort())
  const env = new Map<string, number>()
  for (const [index, name] of names.entries()) {
    env.set(name, index > 0 && separate.has(name) ? await freePort() : serving)
  }
  return { env, told: [...new Set([serving, ...env.values()])] }
}

/** What the rehearsal showed: another variable than expected names the serving port, or nothing moves it. */
export const learnPort = (plan: PortPlan, ports: Ports, served: number): PortPlan => {
  if (served === ports.told[0]) return plan
  const name = [...ports.env].find(([, port]) => port === served)?.[0]
  if (name === undefined) return { ...plan, fixed: served }
  return { ...plan, names: [name, ...plan.names.filter((other) => other !== name)] }
}
