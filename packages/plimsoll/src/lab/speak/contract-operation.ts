import type { Project } from '../../instruments/source/project.ts'
import type { System } from '../../model/system.ts'

type Group = Record<string, unknown>

export const record = (value: unknown): Group =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Group) : {}

/** `/users/{id}` and `/users/:id` are the same place. */
const pattern = (path: string) => path.replace(/\{[^}]+\}|:\w+/g, ':').replace(/\/$/, '')

const bases = (document: Group): string[] => {
  const servers = Array.isArray(document.servers)
    ? document.servers.map((server) => String(record(server).url ?? ''))
    : []
  const paths = servers.map((url) => url.replace(/^[a-z]+:\/\/[^/]+/, '').replace(/\/$/, ''))
  return ['', String(document.basePath ?? '').replace(/\/$/, ''), ...paths]
}

const documents = (system: Pick<System, 'contracts'>, project: Pick<Project, 'json' | 'yaml'>) =>
  system.contracts
    .filter(({ kind }) => kind === 'openapi')
    .map(({ file }) => ({
      file,
      document: record(file.endsWith('.json') ? project.json(file) : project.yaml(file)?.[0]),
    }))

export type ContractOperation = { file: string; document: Group; item: Group; operation: Group }

/** The operation in the first OpenAPI document (2 or 3) of the repo that has it; null when none does. */
export const findOperation = (
  system: Pick<System, 'contracts'>,
  project: Pick<Project, 'json' | 'yaml'>,
  method: string,
  path: string,
): ContractOperation | null => {
  for (const { file, document } of documents(system, project)) {
    for (const [template, value] of Object.entries(record(document.paths))) {
      if (!bases(document).some((base) => pattern(base + template) === pattern(path))) continue
      const item = record(value)
      const operation = item[method.toLowerCase()]
      if (operation !== undefined) return { file, document, item, operation: record(operation) }
    }
  }
  return null
}
