import { z } from 'zod'
import { parseDocument } from '../../contract/openapi/parse-document.ts'
import type { Project } from '../../instruments/source/project.ts'
import type { Contract } from '../../model/system.ts'

const Groups = z.record(z.string(), z.unknown())
const Openapi = z
  .object({
    openapi: z.coerce.string().optional(),
    swagger: z.coerce.string().optional(),
    paths: Groups.optional(),
  })
  .refine((one) => (one.openapi ?? one.swagger) !== undefined)
const Asyncapi = z.object({
  asyncapi: z.coerce.string(),
  operations: Groups.optional().catch(undefined),
  channels: Groups.optional().catch(undefined),
})

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'])

/** Large ones are read only where the name says what they are. */
const readLarge = (project: Project, file: string, key: RegExp): unknown => {
  if (!/(?:openapi|swagger|api|spec)[^/]*$/i.test(file)) return null
  const text = project.peek(file) ?? ''
  return key.test(text) ? parseDocument(text) : null
}

const read = (project: Project, file: string, key: RegExp): unknown => {
  const text = project.text(file)
  if (text === null) return readLarge(project, file, key)
  if (!key.test(text)) return null
  return file.endsWith('.json') ? project.json(file) : project.yaml(file)?.[0]
}

const keysOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : []

export const readOpenapi = (project: Project, file: string): Contract[] | null => {
  const parsed = Openapi.safeParse(
    read(project, file, /(^|[{,])\s*["']?(openapi|swagger)["']?\s*:\s*["']?[23]/m),
  )
  if (!parsed.success) return null
  const { openapi, swagger, paths } = parsed.data
  const operations = Object.values(paths ?? {})
    .flatMap(keysOf)
    .filter((key) => METHODS.has(key.toLowerCase())).length
  return [{ kind: 'openapi', file, version: openapi ?? swagger ?? null, operations }]
}

export const readAsyncapi = (project: Project, file: string): Contract[] | null => {
  const parsed = Asyncapi.safeParse(read(project, file, /(^|[{,])\s*["']?asyncapi["']?\s*:/m))
  if (!parsed.success) return null
  const { asyncapi, operations, channels } = parsed.data
  const ofChannels = Object.values(channels ?? {})
    .flatMap(keysOf)
    .filter((key) => key === 'publish' || key === 'subscribe').length
  const counted = operations === undefined ? ofChannels : Object.keys(operations).length
  return [{ kind: 'asyncapi', file, version: asyncapi, operations: counted }]
}
