import type { App } from './model.ts'
import type { Graph, Mounted, Step } from './module-graph.ts'
import type { Addressing } from './paths.ts'

/** What one app serves. */
export type Surface = {
  /** null: nothing that starts one was found */
  app: App | null
  addressing: Addressing
  controllers: readonly Mounted[]
  graph: Graph
  guards: readonly Step[]
  pipes: readonly Step[]
  interceptors: readonly Step[]
}
