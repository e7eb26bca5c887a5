import type { Project } from '../../../instruments/source/project.ts'
import type { FoundCommand } from '../../../model/system.ts'
import type { Module, ModuleFacts } from '../../define.ts'
import { openCode } from '../code/code.ts'
import { findManifests } from '../manifests/find-manifests.ts'
import { hardCoded, readAddresses } from './addresses.ts'
import { readClients } from './clients.ts'
import { readEnv } from './env.ts'
import { readMigrations, readSeeds } from './migrations.ts'
import { readPackages } from './packages.ts'
import { readPorts } from './ports.ts'
import { readRuntime } from './runtime.ts'
import { findEntry, guessStart } from './start.ts'

const testCommand = (project: Project, module: Module): FoundCommand | null => {
  const tests = project.under(module.dir, '.py').find((file) => /(^|\/)test_[^/]*\.py$|_test\.py$/.test(file))
  if (tests === undefined && !module.dependencies.has('pytest')) return null
  const runner = module.dependencies.has('pytest') ? 'python3 -m pytest' : 'python3 -m unittest'
  return { command: runner, dir: module.dir, from: tests ?? module.manifest }
}

/** Everything about one Python module besides its routes. */
export const readFacts = (project: Project, module: Module, files: readonly string[]): ModuleFacts => {
  const code = openCode(project, module.dir, files)
  const spoken = readAddresses(code)
  const env = readEnv(code)
  const scripts = Object.assign(
    {},
    ...(findManifests(project).get(module.dir) ?? []).map((one) => one.scripts),
  )
  return {
    typescript: false,
    runtime: readRuntime(project, module),
    packages: readPackages(project, module, process.env.PATH ?? ''),
    entry: findEntry(code),
    build: null,
    start: [],
    guessedStart: guessStart(code),
    test: testCommand(project, module),
    scripts,
    ports: readPorts(code),
    env,
    clients: readClients(code, module, spoken),
    hardCoded: hardCoded(spoken, env).map(({ text, file, line, speaks }) => ({ text, file, line, speaks })),
    migrations: readMigrations(project, module, code),
    seeds: readSeeds(code),
  }
}
