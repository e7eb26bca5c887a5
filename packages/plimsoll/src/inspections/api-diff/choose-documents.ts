import { routeShape } from '../../contract/find-operation.ts'
import { loadApi } from '../../contract/openapi/load-api.ts'
import type { Project } from '../../instruments/source/project.ts'
import type { ContractWishes } from '../../model/config.ts'
import type { System } from '../../model/system.ts'

/** Documents there are of other APIs, or for tests. */
const NOT_OURS =
  /(^|\/)(?:tests?|__tests__|fixtures?|__fixtures__|mocks?|examples?|samples?|vendor|third[-_]party|clients?|node_modules)\//i
const MOST_DOCUMENTS = 8

export const readNow = (source: Project) => async (file: string) => source.text(file) ?? source.peek(file)

const isServed = async (
  system: Pick<System, 'services'>,
  source: Project,
  file: string,
): Promise<boolean> => {
  const routes = system.services.flatMap((service) => service.routes).map(({ path }) => routeShape(path))
  if (routes.length === 0) return true
  const api = await loadApi(file, readNow(source))
  return api?.operations.some(({ path }) => routes.some((route) => route.endsWith(routeShape(path)))) ?? false
}

/** The documents that describe this backend: the one that is declared, else those that name a route of it. */
export const chooseDocuments = async (
  system: Pick<System, 'contracts' | 'services'>,
  source: Project,
  wishes: ContractWishes | undefined,
): Promise<string[]> => {
  if (wishes?.document !== undefined) return [wishes.document]
  const base = wishes?.base
  const files = system.contracts
    .filter(({ kind, file }) => kind === 'openapi' && file !== base && !NOT_OURS.test(file))
    .map(({ file }) => file)
    .slice(0, MOST_DOCUMENTS)
  const served = await Promise.all(files.map((file) => isServed(system, source, file)))
  return files.filter((_, at) => served[at] === true)
}
