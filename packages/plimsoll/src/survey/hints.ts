import type { EnvRead, FoundCommand, Service } from '../model/system.ts'
import type { Hint } from './infra/hint.ts'
import type { Part } from './parts.ts'

const isWithin = (dir: string, folder: string) =>
  folder === '.' || dir === folder || dir.startsWith(`${folder}/`)

/** How many of the variables a hint sets are ones the module reads. */
const shared = (hint: Hint, part: Part) => {
  const read = new Set(part.facts.env.map((one) => one.name))
  return hint.env.filter((one) => read.has(one.name)).length
}

/** The module whose folder encloses this one most closely. */
const nearest = (dir: string, parts: readonly Part[]): Part | undefined =>
  parts
    .filter((part) => isWithin(dir, part.module.dir))
    .sort((a, b) => b.module.dir.length - a.module.dir.length)[0]

/**
 * The deployment files that speak of this module: its own folder's; for env files also those above it; for an image
 * without a build, the module that reads most of what the image is given.
 */
export const hintsFor = (part: Part, parts: readonly Part[], hints: readonly Hint[]): Hint[] => {
  const { dir } = part.module
  return hints.filter((hint) => {
    if (hint.dir === null) {
      const best = Math.max(...parts.map((other) => shared(hint, other)))
      return best > 0 && shared(hint, part) === best
    }
    if (hint.dir === dir || (hint.kind === 'env' && isWithin(dir, hint.dir))) return true
    if (hint.kind === 'env') return nearest(hint.dir, parts) === part
    return dir !== '.' && isWithin(hint.dir, dir) && nearest(hint.dir, parts) === part
  })
}

const RANK: Readonly<Record<Hint['kind'], number>> = {
  env: 0,
  compose: 1,
  dockerfile: 2,
  kubernetes: 3,
  procfile: 4,
}

/** An env file of the service itself; one above it may speak of other services. */
const lists = (hint: Hint, dir: string) => hint.kind === 'env' && hint.dir !== null && isWithin(hint.dir, dir)

/** Values for the variables read; one that nothing was seen to read is added when the service's env file lists it. */
export const withExamples = (env: readonly EnvRead[], hints: readonly Hint[], dir: string): EnvRead[] => {
  const ordered = hints.toSorted((a, b) => RANK[a.kind] - RANK[b.kind])
  const known = new Set(env.map((one) => one.name))
  const merged = new Map(env.map((one) => [one.name, one]))
  for (const hint of ordered)
    for (const { name, value } of hint.env) {
      const before = merged.get(name) ?? { name, default: null, example: null, place: null }
      if (before.example !== null || (!known.has(name) && !lists(hint, dir))) continue
      merged.set(name, { ...before, example: value, exampleFrom: hint.file })
    }
  return [...merged.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Watches files, or restarts by itself: for development. */
const WATCHES =
  /\b(nodemon|ts-node-dev|tsc-watch|air|watchexec|entr)\b|--(watch|reload|debug)\b|\b(run |:|-)?dev\b|\bwatch\b/

const unique = (commands: readonly FoundCommand[]) =>
  commands.filter(
    (one, index) =>
      commands.findIndex((other) => other.command === one.command && other.dir === one.dir) === index,
  )

const textOf = (part: Part, found: FoundCommand) =>
  part.facts.scripts[found.from.split(' scripts.')[1] ?? ''] ?? found.command

export const watches = (part: Part, found: FoundCommand): boolean =>
  WATCHES.test(textOf(part, found)) || WATCHES.test(found.command)

/** What is written down as serving comes first, what is deduced next, what watches and restarts last. */
export const startOf = (part: Part, hints: readonly Hint[]): FoundCommand[] => {
  const of = (kind: Hint['kind']) =>
    hints
      .filter((hint) => hint.kind === kind)
      .flatMap((hint) => hint.start.map((one) => ({ ...one, dir: part.module.dir })))
  const { facts } = part
  const all = unique([
    ...of('procfile'),
    ...facts.start,
    ...part.uses.flatMap((use) => use.start),
    ...of('dockerfile'),
    ...of('compose'),
    ...(facts.guessedStart ?? []),
  ])
  return [...all.filter((one) => !watches(part, one)), ...all.filter((one) => watches(part, one))]
}

/** Ports from the source, with numbers filled in from the env files; else what is exposed or published. */
export const portsOf = (part: Part, env: readonly EnvRead[], hints: readonly Hint[]): Service['ports'] => {
  const exposed = ['dockerfile', 'compose', 'kubernetes'].flatMap((kind) =>
    hints.filter((hint) => hint.kind === kind).flatMap((hint) => hint.ports),
  )
  const filled = part.facts.ports.map((port) => {
    if (port.env === null) return port
    const example = Number(env.find((one) => one.name === port.env)?.example ?? Number.NaN)
    if (Number.isInteger(example) && example > 0) return { ...port, port: example }
    return port.port === 0 ? { ...port, port: exposed[0]?.port ?? 0 } : port
  })
  const extra = exposed.filter((port) => !filled.some((one) => one.port === port.port))
  const served = part.uses.flatMap((use) => (use.start.length > 0 ? (use.framework.ports ?? []) : []))
  const told = [...filled, ...served, ...extra]
  return told.filter(
    (port, index) => told.findIndex((one) => one.port === port.port && one.env === port.env) === index,
  )
}
