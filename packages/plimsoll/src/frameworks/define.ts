import type { Project } from '../instruments/source/project.ts'
import type { Module } from '../languages/define.ts'
import type { FoundCommand, Route, Service, Unresolved } from '../model/system.ts'

export type RouteTable = { routes: Route[]; unresolved: Unresolved[] }

/**
 * A server framework.
 *
 * **Contract:** `detect` and `routes` are static and never throw about what they read; what cannot be resolved
 * goes to `unresolved` with its place, never guessed. No member knows another one, or an experiment.
 */
export type Framework = {
  id: string
  /** as its makers write it */
  name: string
  /** member of the languages family */
  language: string
  /** version, or null in `version` when unknown; null when this module does not use the framework */
  detect(project: Project, module: Module): { version: string | null } | null
  /** `files`: the module's own files of this language */
  routes(project: Project, module: Module, files: readonly string[]): RouteTable
  /** start commands only this framework knows (`flask run`, `nest start`), best first */
  start?(project: Project, module: Module): FoundCommand[]
  /** where those commands listen, with the variable that moves it (`FLASK_RUN_PORT`) */
  ports?: Service['ports']
}

export const defineFramework = (framework: Framework): Framework => framework
