import type { Wanted } from './names.ts'

/** What one manifest file says. */
export type Manifest = {
  file: string
  name: string | null
  runtime: Wanted[]
  development: Wanted[]
  /** the Python wanted, as written */
  python: string | null
  scripts: Record<string, string>
}

export const emptyManifest = (file: string): Manifest => ({
  file,
  name: null,
  runtime: [],
  development: [],
  python: null,
  scripts: {},
})

type Table = Readonly<Record<string, unknown>>

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The table at that path; empty when there is none. */
export const tableAt = (value: unknown, ...path: string[]): Table => {
  let at: unknown = value
  for (const key of path) at = isTable(at) ? at[key] : undefined
  return isTable(at) ? at : {}
}

export const textAt = (table: Table, key: string): string | null => {
  const value = table[key]
  return typeof value === 'string' ? value : null
}

export const textsAt = (table: Table, key: string): string[] => {
  const value = table[key]
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}
