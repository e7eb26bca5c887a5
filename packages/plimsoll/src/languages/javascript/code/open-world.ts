import type { Project } from '../../../instruments/source/project.ts'
import type { World, WorldOptions } from './world.ts'

/** Opens a world over a project: see `World`. One world serves one framework's reading of one module. */
export declare const openWorld: (project: Project, options: WorldOptions) => World
