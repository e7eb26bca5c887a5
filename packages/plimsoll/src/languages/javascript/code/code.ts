/**
 * Static analysis of JavaScript and TypeScript.
 *
 * A framework adapter calls `openWorld(project, { packages })` with a model of its packages: a model is a `host`
 * value whose members see each call that the target makes on it (`app.get('/x', handler)`), with arguments
 * already evaluated. It then runs the files that can matter (`relevantFiles`) and reads what its hosts recorded.
 * Decorator frameworks walk `project.script(file)` themselves and ask `world.evaluate(expression)`.
 */
export { openWorld } from './open-world.ts'
export type { Resolver } from './resolve-module.ts'
export * from './value.ts'
export type { PackageModel, World, WorldOptions } from './world.ts'
