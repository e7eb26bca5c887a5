import { textOf, type Value } from '../../languages/javascript/code/code.ts'

/** Decorators of Nest that register a route: the method they register. */
export const MAPPINGS: ReadonlyMap<string, string> = new Map([
  ['Get', 'GET'],
  ['Post', 'POST'],
  ['Put', 'PUT'],
  ['Patch', 'PATCH'],
  ['Delete', 'DELETE'],
  ['Head', 'HEAD'],
  ['Options', 'OPTIONS'],
  ['All', 'ANY'],
  ['Search', 'SEARCH'],
  ['QueryMethod', 'QUERY'],
  ['Propfind', 'PROPFIND'],
  ['Proppatch', 'PROPPATCH'],
  ['Mkcol', 'MKCOL'],
  ['Copy', 'COPY'],
  ['Move', 'MOVE'],
  ['Lock', 'LOCK'],
  ['Unlock', 'UNLOCK'],
  ['Sse', 'GET'],
])

/** The members of RequestMethod in their order. */
const NUMBERED = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'ANY', 'OPTIONS', 'HEAD', 'SEARCH']

/** The method that `RequestMethod.GET`, its number or its name says; null when none is given. */
export const methodName = (value: Value): string | null => {
  const text = value.kind === 'external' ? (value.path.at(-1) ?? null) : textOf(value)
  if (text === null) return null
  return NUMBERED[Number(text)] ?? (text === 'ALL' ? 'ANY' : text.toUpperCase())
}
