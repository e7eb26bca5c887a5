import { METHODS } from 'node:http'

const NAMES: ReadonlyMap<string, string> = new Map([
  ...METHODS.map((method) => [method.toLowerCase(), method] as const),
  ['query', 'QUERY'],
  ['del', 'DELETE'],
  ['all', 'ANY'],
])

/** `get` → `GET`, `del` → `DELETE`, `all` → `ANY`; null for a name that registers no route. */
export const verbOf = (name: string): string | null => NAMES.get(name) ?? null
