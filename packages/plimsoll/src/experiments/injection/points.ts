import type { RequestOptions } from '../../lab/lab.ts'
import type { Route } from '../../model/system.ts'

/** Where in a request a value stands. */
export type Place =
  | { in: 'body'; path: readonly string[] }
  | { in: 'query' | 'header' | 'cookie'; name: string }
  | { in: 'path'; name: string; index: number }
  /** the body as one */
  | { in: 'whole' }

/** One value of one operation that a caller chooses. */
export type Point = {
  /** `POST /login` */
  operation: string
  route: Route
  /** makes the request as it works, or as far as it is known; its session is the present one */
  request(): RequestOptions
  /** true where that request is known to work */
  works: boolean
  /** `body.user.name`, `query.sort`, `path.id` */
  input: string
  place: Place
}

const leavesOf = (value: unknown, path: readonly string[] = []): string[][] => {
  if (value === null || typeof value !== 'object') return path.length === 0 ? [] : [[...path]]
  if (Array.isArray(value)) return value.slice(0, 1).flatMap((item) => leavesOf(item, [...path, '0']))
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
}

const shown = (path: readonly string[]) =>
  path.map((key, at) => (key === '0' ? '[]' : `${at === 0 ? '' : '.'}${key}`)).join('')

type Input = Pick<Point, 'input' | 'place'>

const inBody = (body: unknown, { reads }: Route): Input[] => {
  if (body === undefined || body === null || typeof body !== 'object') return []
  const sent = leavesOf(body)
  const names = new Set(sent.map((path) => path.join('.')))
  const optional = (reads?.body ?? [])
    .filter((name) => ![...names].some((one) => one === name || one.startsWith(`${name}.`)))
    .map((name) => name.split('.'))
  return [...sent, ...optional].map((path) => ({
    input: `body.${shown(path)}`.replace('body.[', 'body['),
    place: { in: 'body', path },
  }))
}

const inQuery = (path: string, names: readonly string[]): Input[] => {
  const sent = new URL(path, 'http://app').searchParams.keys()
  return [...new Set([...sent, ...names])].map((name) => ({
    input: `query.${name}`,
    place: { in: 'query', name },
  }))
}

const inPath = (path: string, pattern: string): Input[] => {
  const parts = pattern.split('/')
  const wild = parts.at(-1) === '*'
  if (!wild && parts.length !== (path.split('?')[0] ?? '').split('/').length) return []
  return parts.flatMap((part, index): Input[] => {
    const name = part === '*' && index === parts.length - 1 ? '*' : /^:(\w+)/.exec(part)?.[1]
    return name === undefined ? [] : [{ input: `path.${name}`, place: { in: 'path', name, index } }]
  })
}

const inCookies = (headers: Readonly<Record<string, string>>): Input[] =>
  (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.split('=')[0]?.trim() ?? '')
    .filter((name) => name !== '')
    .map((name) => ({ input: `cookie.${name}`, place: { in: 'cookie', name } }))

/** Headers that apps read and store, log or pass on, whoever sends them. */
const HEADERS = ['user-agent', 'referer', 'x-forwarded-for', 'x-forwarded-host']

export const headerInputs = (): Input[] =>
  HEADERS.map((name) => ({ input: `header.${name}`, place: { in: 'header', name } }))

const TAKES_BODY = /^(POST|PUT|PATCH)$/

/** Every value of a request that a caller chooses, the body first. */
export const inputsOf = (route: Route, request: RequestOptions, query: readonly string[]): Input[] => [
  ...inBody(request.body, route),
  ...inQuery(request.path, query),
  ...inPath(request.path, route.path),
  ...inCookies(request.headers ?? {}),
  ...(TAKES_BODY.test(route.method) ? [{ input: 'body', place: { in: 'whole' } as const }] : []),
]
