import type { Project } from '../instruments/source/project.ts'

/** One column that points to another table's. */
type Reference = { table: string; column: string; parent: string; key: string }

const CREATE = /\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?(?:\w+\.)?"?(\w+)"?\s*\(([\s\S]*?)\n\s*\)/gi
const INLINE = /^\s*"?(\w+)"?\s+[^,]*?\breferences\s+(?:\w+\.)?"?(\w+)"?\s*(?:\(\s*"?(\w+)"?\s*\))?/gim
const LISTED =
  /\bforeign\s+key\s*\(\s*"?(\w+)"?\s*\)\s*references\s+(?:\w+\.)?"?(\w+)"?\s*(?:\(\s*"?(\w+)"?\s*\))?/gi

const referencesIn = (table: string, body: string): Reference[] =>
  [...body.matchAll(LISTED), ...body.matchAll(INLINE)].flatMap(([, column = '', parent = '', key = 'id']) =>
    /^(?:foreign|constraint)$/i.test(column) ? [] : [{ table, column, parent, key }],
  )

/** Foreign keys as the SQL files of a project declare them with their tables. */
export const findReferences = (project: Project): Reference[] =>
  project
    .under('', '.sql')
    .flatMap((file) =>
      [...(project.text(file) ?? '').matchAll(CREATE)].flatMap(([, table = '', body = '']) =>
        referencesIn(table, body),
      ),
    )
