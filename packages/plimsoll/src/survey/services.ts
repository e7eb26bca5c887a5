import type { Service } from '../model/system.ts'
import type { Store } from '../stores/define.ts'
import { mergeTables } from './frameworks.ts'
import { hintsFor, portsOf, startOf, watches, withExamples } from './hints.ts'
import type { Hint } from './infra/hint.ts'
import type { Part } from './parts.ts'
import { storesOf } from './stores.ts'

/** Modules of the same repository that the module depends on, and theirs in turn. */
const linked = (part: Part, parts: readonly Part[]): Part[] => {
  const found = new Set<Part>()
  const visit = (from: Part) => {
    for (const other of parts) {
      if (other === part || found.has(other) || !from.module.dependencies.has(other.module.name)) continue
      found.add(other)
      visit(other)
    }
  }
  visit(part)
  return [...found]
}

const isDeployed = (hints: readonly Hint[]) =>
  hints.some((hint) => hint.kind !== 'env' && hint.dir !== null && hint.start.length > 0)

/**
 * A service answers requests: it has a server framework, or something that starts it, and it is seen to listen or to
 * be deployed. What is left are libraries, front ends and tools.
 */
const isService = (part: Part, hints: readonly Hint[]): boolean => {
  const { facts, uses } = part
  const listens = facts.listens ?? uses.length > 0
  const starts = facts.start.some((one) => !watches(part, one)) || isDeployed(hints)
  return uses.length > 0 ? listens || starts : listens && starts
}

const uniqueBy = <T>(items: readonly T[], key: (item: T) => string): T[] =>
  [...new Map(items.toReversed().map((item) => [key(item), item])).values()].reverse()

const makeService = (
  part: Part,
  parts: readonly Part[],
  hints: readonly Hint[],
  stores: readonly Store[],
): Service => {
  const others = linked(part, parts)
  const all = [part, ...others]
  const { facts, module, language, uses } = part
  const env = withExamples(
    uniqueBy(
      all.flatMap((one) => one.facts.env),
      (one) => one.name,
    ),
    hints,
    module.dir,
  )
  const table = mergeTables(uses)
  const [main] = uses
  return {
    name: module.name,
    dir: module.dir,
    language: language.id,
    framework:
      main === undefined ? null : { id: main.framework.id, name: main.framework.name, version: main.version },
    typescript: facts.typescript,
    runtime: facts.runtime,
    packages: facts.packages,
    entry: facts.entry,
    build: facts.build,
    start: startOf(part, hints),
    test: facts.test,
    scripts: facts.scripts,
    ports: portsOf(part, env, hints),
    env,
    stores: uniqueBy(
      all.flatMap((one) => storesOf(one, stores, env)),
      (use) => `${use.store} ${use.client}`,
    ),
    migrations: all.flatMap((one) => one.facts.migrations),
    seeds: all.flatMap((one) => one.facts.seeds),
    ...table,
  }
}

/** Names are what people choose a service by: where two share one, their folders tell them apart. */
const nameApart = (services: readonly Service[]): Service[] =>
  services.map((service) =>
    services.some((other) => other !== service && other.name === service.name)
      ? { ...service, name: service.dir === '.' ? service.name : service.dir }
      : service,
  )

/** The services among the modules; a repository of one module is one service, whatever it looks like. */
export const servicesOf = (
  parts: readonly Part[],
  hints: readonly Hint[],
  stores: readonly Store[],
): Service[] =>
  nameApart(
    parts.flatMap((part) => {
      const own = hintsFor(part, parts, hints)
      return parts.length === 1 || isService(part, own) ? [makeService(part, parts, own, stores)] : []
    }),
  )
