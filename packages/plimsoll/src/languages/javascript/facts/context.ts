import type { Project } from '../../../instruments/source/project.ts'
import type { FoundCommand } from '../../../model/system.ts'
import type { Module } from '../../define.ts'
import type { Manifest } from './manifest.ts'
import type { Manager } from './packages/packages.ts'

/** What every reader of one module is given. */
export type Context = {
  project: Project
  module: Module
  manifest: Manifest
  manager: Manager
  /** of the running app: tests and tool configuration left out */
  files: readonly string[]
  typescript: boolean
}

export const scriptCommand = ({ module, manager }: Context, script: string): FoundCommand => ({
  command: manager.run(script),
  dir: module.dir,
  from: `${module.manifest} scripts.${script}`,
})
