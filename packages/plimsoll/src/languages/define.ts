import type { Project } from '../instruments/source/project.ts'
import type { SourcePlace } from '../model/evidence.ts'
import type { EnvRead, FoundCommand, Migrations, Service, StoreUse, Tristate } from '../model/system.ts'

/** A folder that looks like one deployable or one package of its own. */
export type Module = {
  /** relative to the root, `.` for the root */
  dir: string
  name: string
  /** package name -> version wanted, runtime and development together */
  dependencies: ReadonlyMap<string, string>
  /** the runtime part only */
  runtimeDependencies: ReadonlySet<string>
  /** resolved version of a dependency where the lockfile or the installed package tells */
  versionOf(name: string): string | null
  /** manifest file, relative to the root */
  manifest: string
  /** variable of the environment -> what the repo's env files make it, else the default in its code */
  examples?: ReadonlyMap<string, string>
}

/** A client library of a store as one module uses it. */
export type ClientUse = {
  client: string
  version: string | null
  /**
   * the word that says which store it speaks to, as the source or the library has it: a dialect, a driver, a URL
   * scheme; null when only the stores themselves know (their `clients`)
   */
  speaks: string | null
  place: SourcePlace | null
}

/** What a language knows of one module besides its routes. */
export type ModuleFacts = Pick<
  Service,
  'typescript' | 'runtime' | 'packages' | 'entry' | 'build' | 'start' | 'test' | 'scripts' | 'ports'
> & {
  env: EnvRead[]
  /** client libraries of stores; absent: decided by the dependencies alone */
  clients?: ClientUse[]
  /** start commands deduced from the entry file, not written anywhere */
  guessedStart?: FoundCommand[]
  /** the source opens a listening socket; absent: unknown */
  listens?: boolean
  /** addresses of stores written into the source: place and text; `speaks` as in ClientUse */
  hardCoded: { text: string; file: string; line: number; speaks?: string | null }[]
  migrations: Migrations[]
  seeds: FoundCommand[]
}

/**
 * A programming language: how its packages are found, what they need, how they are started.
 *
 * **Contract:** static. May not execute the target, spawn anything, or throw about what it reads.
 */
export type Language = {
  id: string
  name: string
  extensions: readonly string[]
  /** every module of the project, outermost first */
  modules(project: Project): Module[]
  /** everything about one module; `files` are the ones that belong to it and not to a nested module */
  facts(project: Project, module: Module, files: readonly string[]): ModuleFacts
}

export const defineLanguage = (language: Language): Language => language
export type { EnvRead, FoundCommand, Migrations, StoreUse, Tristate }
