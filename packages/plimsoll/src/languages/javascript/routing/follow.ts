import type { Project } from '../../../instruments/source/project.ts'
import type { Route, Unresolved } from '../../../model/system.ts'
import type { Module } from '../../define.ts'
import { openWorld, type WorldOptions } from '../code/code.ts'
import { collectRoutes } from './collect.ts'
import type { FlattenOptions } from './flatten.ts'
import type { Recorder } from './recorder.ts'
import { relevantFiles } from './relevant-files.ts'

export type Model = Pick<WorldOptions, 'packages' | 'parameter'> & { recorder: Recorder }

/** Follows every file that can matter with a framework's model in place, and reads what it recorded. */
export const followRoutes = (
  project: Project,
  module: Pick<Module, 'dir' | 'manifest' | 'examples'>,
  files: readonly string[],
  names: readonly string[],
  model: Model,
  options: FlattenOptions,
): { routes: Route[]; unresolved: Unresolved[] } => {
  const { packages, parameter } = model
  const world = openWorld(project, {
    packages,
    dir: module.dir,
    ...(module.examples === undefined ? {} : { environment: module.examples }),
    ...(parameter === undefined ? {} : { parameter }),
  })
  const { direct, around } = relevantFiles(project, files, names, world.resolve)
  if (direct.length === 0) return { routes: [], unresolved: [] }
  for (const file of [...direct, ...around]) world.follow(file)
  world.runUncalled(direct)
  world.runUncalled(around, { onlyWithParameters: true })
  const table = collectRoutes(world, model.recorder, options)
  if (world.exhausted) {
    const place = { file: direct[0] ?? module.manifest, line: 1 }
    table.unresolved.push({
      what: 'the rest of the routes',
      why: 'there is more code than was followed',
      place,
    })
  }
  return table
}
