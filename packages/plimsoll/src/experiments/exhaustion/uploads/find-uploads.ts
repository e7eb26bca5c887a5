import type { JsonSchema } from '../../../contract/api.ts'
import { operationOfRoute } from '../../../contract/find-operation.ts'
import type { Lab } from '../../../lab/lab.ts'
import type { Route } from '../../../model/system.ts'

export type UploadRoute = {
  route: Route
  /** false: only its path says that it takes files */
  sure: boolean
  /** names that the file may go by, the likeliest first */
  fields: string[]
}

const PATH =
  /[/_-](?:uploads?|files?|avatars?|images?|photos?|pictures?|attachments?|media|documents?|logos?|banners?)(?:$|[/_-])/i
const STEP = /upload|multer|multipart|busboy|formidable|fileinterceptor/i
const FIELDS = [
  'file',
  'avatar',
  'image',
  'photo',
  'upload',
  'picture',
  'attachment',
  'document',
  'files',
  'media',
]
const MOST_ROUTES = 4

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object'

/** Names of what a form takes as a file. */
const filesIn = (schema: JsonSchema | null): string[] => {
  const properties = isRecord(schema) && isRecord(schema.properties) ? schema.properties : {}
  return Object.entries(properties).flatMap(([name, inner]) =>
    isRecord(inner) && (inner.format === 'binary' || inner.contentMediaType !== undefined) ? [name] : [],
  )
}

const documented = ({ api }: Pick<Lab, 'api'>, route: Route) => {
  const content = api === undefined ? [] : (operationOfRoute(api, route)?.body?.content ?? [])
  return content.filter(({ mediaType }) => mediaType.startsWith('multipart/'))
}

const lastWord = (path: string) =>
  path
    .split('/')
    .findLast((part) => part !== '' && !part.startsWith(':'))
    ?.replace(/s$/, '') ?? 'file'

const hasStep = ({ middlewares }: Route) => middlewares.some(({ name }) => STEP.test(name))

/** Routes that take files, as far as a document, a step before the handler or the path says so. */
export const findUploads = (
  lab: Pick<Lab, 'api'> & { service: Pick<Lab['service'], 'routes'> },
): UploadRoute[] =>
  lab.service.routes
    .filter(({ method }) => method === 'POST' || method === 'PUT' || method === 'PATCH')
    .map((route) => ({ route, content: documented(lab, route) }))
    .map((one) => ({ ...one, sure: one.content.length > 0 || hasStep(one.route) }))
    .filter(({ route, sure }) => sure || PATH.test(route.path))
    .sort((a, b) => Number(b.sure) - Number(a.sure))
    .slice(0, MOST_ROUTES)
    .map(({ route, content, sure }) => ({
      ...{ route, sure },
      fields: [
        ...new Set([...content.flatMap(({ schema }) => filesIn(schema)), lastWord(route.path), ...FIELDS]),
      ],
    }))
