import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openSupervisor } from '../../packages/plimsoll/src/instruments/process/open-supervisor.ts'
import type { Supervisor } from '../../packages/plimsoll/src/instruments/process/process.ts'
import { openStage, type Stage, type StageOptions } from '../../packages/plimsoll/src/lab/open-stage.ts'
import type { Config } from '../../packages/plimsoll/src/model/config.ts'
import { Service, type System } from '../../packages/plimsoll/src/model/system.ts'
import type { Store } from '../../packages/plimsoll/src/stores/define.ts'

const repo = fileURLToPath(new URL('../../', import.meta.url))

/** A folder below the checkout, so that packages are found in an ancestor, as in a workspace. */
export const writeApp = async (files: Readonly<Record<string, string>>): Promise<string> => {
  await mkdir(join(repo, '.cache'), { recursive: true })
  const dir = await mkdtemp(join(repo, '.cache/app-'))
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, file)), { recursive: true })
    await writeFile(join(dir, file), text)
  }
  return dir
}

type ServiceParts = Partial<Service> & { command?: string }

/** What a survey would have found of a small JavaScript app. */
export const serviceOf = ({ command = 'node server.js', ...parts }: ServiceParts = {}): Service =>
  Service.parse({
    name: 'app',
    dir: '.',
    language: 'javascript',
    framework: null,
    runtime: { name: 'node', wanted: null },
    packages: {
      manager: 'npm',
      lockfile: null,
      install: { command: 'npm ci', dir: '.', from: 'test' },
      installed: true,
    },
    entry: null,
    build: null,
    start: [{ command, dir: '.', from: 'test' }],
    test: null,
    ports: [{ port: 3000, env: 'PORT', from: 'test' }],
    env: [],
    stores: [],
    migrations: [],
    seeds: [],
    routes: [],
    unresolved: [],
    ...parts,
  })

const system: System = {
  name: 'app',
  commit: null,
  dirty: false,
  services: [],
  infra: [],
  contracts: [],
  workspaces: [],
  files: { read: 0, bytes: 0 },
  problems: [],
}

export type Opened = { stage: Stage; supervisor: Supervisor; close(): Promise<void> }

/** Stages a folder with a supervisor of its own; `close` ends both, and a stage that fails ends it too. */
export const stageOf = async (
  root: string,
  service: Service,
  config: Config = {},
  stores: readonly Store[] = [],
  more: Partial<StageOptions> = {},
): Promise<Opened> => {
  const supervisor = await openSupervisor()
  const signal = new AbortController().signal
  const options = { root, service, system, config, stores, install: false, supervisor, signal, ...more }
  const stage = await openStage(options).catch(async (thrown: unknown) => {
    await supervisor.close()
    throw thrown
  })
  const close = async () => {
    await stage.close()
    await supervisor.close()
  }
  return { stage, supervisor, close }
}
