import type { Framework, RouteTable } from '../frameworks/define.ts'
import type { Project } from '../instruments/source/project.ts'
import type { Module } from '../languages/define.ts'
import type { FoundCommand, Route } from '../model/system.ts'

export type FrameworkUse = {
  framework: Framework
  version: string | null
  table: RouteTable
  start: FoundCommand[]
}

/** Frameworks the module uses, the one with the most routes first: it is the one the service is written in. */
export const readFrameworks = (
  project: Project,
  module: Module,
  files: readonly string[],
  frameworks: readonly Framework[],
): FrameworkUse[] =>
  frameworks
    .flatMap((framework): FrameworkUse[] => {
      const detected = framework.detect(project, module)
      if (detected === null) return []
      const table = framework.routes(project, module, files)
      const start = framework.start?.(project, module) ?? []
      return [{ framework, version: detected.version, table, start }]
    })
    .sort((a, b) => b.table.routes.length - a.table.routes.length)

const keyOf = (route: Route) => `${route.method} ${route.path} ${route.place.file}:${route.place.line}`

/** Routes of every framework of the module; what a framework without any routes could not resolve does not count. */
export const mergeTables = (uses: readonly FrameworkUse[]): RouteTable => {
  const told = uses.filter((use, index) => index === 0 || use.table.routes.length > 0)
  const routes = new Map(
    told.flatMap((use) => use.table.routes.map((route) => [keyOf(route), route] as const)),
  )
  return { routes: [...routes.values()], unresolved: told.flatMap((use) => use.table.unresolved) }
}
