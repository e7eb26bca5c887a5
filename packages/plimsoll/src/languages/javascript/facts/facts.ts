import type { Project } from '../../../instruments/source/project.ts'
import type { Module, ModuleFacts } from '../../define.ts'
import { buildOf } from './commands/build.ts'
import { entryOf } from './commands/entry.ts'
import { portsOf } from './commands/ports.ts'
import { runtimeOf } from './commands/runtime.ts'
import { guessedStart, startScripts } from './commands/start.ts'
import { testOf } from './commands/test.ts'
import type { Context } from './context.ts'
import { EMPTY_MANIFEST, readManifest } from './manifest.ts'
import { appliesItself, reachedFrom } from './migrations/at-start.ts'
import { findMigrations } from './migrations/find.ts'
import { findSeeds } from './migrations/seeds.ts'
import { managerOf, packagesOf } from './packages/packages.ts'
import { fromDir, inDir, isForDevelopment } from './paths.ts'
import { readConfigPackage } from './reads/config-package.ts'
import { mergeEnv } from './reads/merge-env.ts'
import { scan } from './reads/scan.ts'
import { clientsOf, clientUses } from './stores/uses.ts'

const contextOf = (project: Project, module: Module, files: readonly string[]): Context => {
  const own = files.filter((file) => !isForDevelopment(fromDir(module.dir, file)))
  const scripts = own.filter((file) => /\.[cm]?tsx?$/.test(file)).length
  return {
    project,
    module,
    manifest: readManifest(project, module.manifest) ?? EMPTY_MANIFEST,
    manager: managerOf(project, module.dir),
    files: own,
    typescript:
      scripts > own.length / 2 || (scripts > 0 && project.exists(inDir(module.dir, 'tsconfig.json'))),
  }
}

/** Everything about one module that its manifest, its lockfile and its source say. */
export const factsOf = (project: Project, module: Module, files: readonly string[]): ModuleFacts => {
  const context = contextOf(project, module, files)
  const { manifest } = context
  const reads = scan(project, context.files, clientsOf(context))
  const stores = clientUses(context, reads)
  const env = mergeEnv([...reads.env, ...stores.env, ...readConfigPackage(context)])
  const entry = entryOf(
    context,
    reads.listens.map((listen) => listen.place.file),
  )
  const start = startScripts(context)
  const guessed = guessedStart(context, entry)
  let reached: string[] | null = null
  const reach = () =>
    (reached ??= entry === null ? [...context.files] : reachedFrom(project, entry, context.files))
  const texts = [...Object.values(manifest.scripts), ...guessed.map((one) => one.command)]
  return {
    typescript: context.typescript,
    runtime: runtimeOf(context),
    packages: packagesOf(project, module, manifest),
    entry,
    build: buildOf(context, texts),
    start,
    guessedStart: guessed,
    test: testOf(context),
    scripts: manifest.scripts,
    ports: portsOf(reads.listens, env),
    listens: reads.listens.length > 0,
    env,
    clients: stores.uses,
    hardCoded: [...reads.addresses, ...stores.addresses],
    migrations: findMigrations(
      context,
      (tool) => tool.atStart !== undefined && appliesItself(project, reach(), tool.atStart),
    ),
    seeds: findSeeds(context),
  }
}
