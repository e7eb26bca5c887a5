import type { Reach } from '../reach/open-reach.ts'
import type { FileChange } from '../trees/file-changes.ts'
import type { Tree } from '../trees/tree.ts'
import type { Change } from './change.ts'

const TABLES = [
  /\b(?:create|alter|drop|truncate)\s+table\s+(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?["`]?(?:\w+\.)?["`]?(\w+)/gi,
  /\b(?:insert\s+into|update|delete\s+from|references|\bon)\s+["`]?(?:\w+\.)?["`]?(\w+)["`]?\s*(?:\(|set\b|where\b|using\b)/gi,
  /\b(?:createTable|alterTable|dropTable|table|addColumn|create_table|add_column|drop_column|create_index)\w*\s*\(\s*['"`](\w+)/g,
  /^\s*model\s+(\w+)\s*\{/gm,
]

/** Names of the tables that a migration speaks of. */
export const tablesOf = (text: string): string[] => [
  ...new Set(TABLES.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name ?? ''))),
]

const mentions = (tables: readonly string[]) => {
  const names = tables.flatMap((table) => [table, table.replace(/s$/, '')]).filter((name) => name.length > 2)
  return names.length === 0 ? null : new RegExp(`\\b(?:${[...new Set(names)].join('|')})\\b`, 'i')
}

/** Operations whose code names one of the tables. */
const operationsOn = (tables: readonly string[], now: Tree, reach: Reach): string[] => {
  const named = mentions(tables)
  if (named === null) return []
  const found = new Set<string>()
  for (const file of reach.files) {
    const lines = now.project.text(file)?.split('\n') ?? []
    lines.forEach((text, at) => {
      const spot = named.test(text) ? reach.spotAt(file, at + 1) : null
      if (spot?.kind !== 'route' && spot?.kind !== 'unit') return
      for (const label of reach.operationsOf(file, spot)) found.add(label)
    })
  }
  return [...found]
}

/** A migration: what reads or writes its tables has to be tried again. */
export const changedMigration = (change: FileChange, now: Tree, reach: Reach): Change => {
  const { file, is, before, after, added } = change
  const tables = tablesOf(`${after ?? ''}\n${is === 'new' ? '' : (before ?? '')}`)
  const operations = operationsOn(tables, now, reach)
  return {
    change: is === 'new' ? 'new migration' : is === 'gone' ? 'removed migration' : 'changed migration',
    what: tables.length === 0 ? file : `${file} (${tables.join(', ')})`,
    place: added[0] === undefined ? null : { file, line: added[0] },
    kinds: ['migration'],
    operations,
    lines: [],
  }
}
