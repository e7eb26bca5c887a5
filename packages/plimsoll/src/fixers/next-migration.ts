import type { Project } from '../instruments/source/project.ts'

/** A migration that is not there yet. */
type Migration = { file: string; text: string }

const PLACE = /(?:^|\/)(?:migrations?|db\/migrate)\/[^/]+$/
const BACK = /(?:^|[._-])(?:down|undo|rollback)\.\w+$/i
const NUMBER = /^(V?)(\d+)(_{0,2}|-|\.)/

type Earlier = { dir: string; name: string; number: string }

/** What the last migration is numbered with; null where they lie in several places, or carry no number. */
const lastOf = (project: Project): Earlier | null => {
  const files = project
    .under('', '.sql', '.js', '.cjs', '.mjs', '.ts')
    .filter((file) => PLACE.test(file) && !BACK.test(file))
    .sort()
  const dirs = new Set(files.map((file) => file.slice(0, file.lastIndexOf('/') + 1)))
  const last = files.at(-1)
  if (last === undefined || dirs.size !== 1) return null
  const dir = last.slice(0, last.lastIndexOf('/') + 1)
  const name = last.slice(dir.length)
  const [, , number] = NUMBER.exec(name) ?? []
  return number === undefined ? null : { dir, name, number }
}

const nextNumber = (number: string) => String(BigInt(number) + 1n).padStart(number.length, '0')

const nameAfter = ({ name, number }: Earlier, what: string): string => {
  const [, prefix = '', , between = ''] = NUMBER.exec(name) ?? []
  const ending = /(?:\.up)?\.\w+$/.exec(name)?.[0] ?? ''
  return `${prefix}${nextNumber(number)}${between === '.' || between === '' ? '_' : between}${what}${ending}`
}

const BOTH_WAYS: readonly { up: RegExp; down: string }[] = [
  { up: /^--\s*migrate:up.*$/m, down: '-- migrate:down' },
  { up: /^--\s*\+goose up.*$/im, down: '-- +goose Down' },
  { up: /^--\s*up migration.*$/im, down: '-- Down Migration' },
]

const inSql = (before: string, up: string, down: string): string => {
  for (const way of BOTH_WAYS) {
    const [head] = way.up.exec(before) ?? []
    if (head !== undefined) return `${head}\n${up}\n\n${way.down}\n${down}\n`
  }
  return `${up}\n`
}

const quoted = (sql: string) => (sql.includes('\n') ? `\`${sql}\`` : `'${sql}'`)

/** `knex.raw` and `pgm.sql` take the statement as it is. */
const inScript = (before: string, up: string, down: string): string | null => {
  const tool = /\b(?:knex|pgm)\b/.exec(before)?.[0]
  const run = tool === 'knex' ? 'raw' : 'sql'
  if (tool === undefined) return null
  const [ups, downs] = [up, down].map((sql) => `(${tool}) => ${tool}.${run}(${quoted(sql)})`)
  const isModule = /^export\b/m.test(before)
  const given = (name: string) => (isModule ? `export const ${name}` : `exports.${name}`)
  return `${given('up')} = ${ups}\n\n${given('down')} = ${downs}\n`
}

/**
 * A statement as the next migration of a project, in the way of the last one; null where that is not known.
 * @param what a few words for its name
 */
export const nextMigration = (project: Project, what: string, up: string, down: string): Migration | null => {
  const last = lastOf(project)
  if (last === null) return null
  const before = project.text(`${last.dir}${last.name}`) ?? ''
  const text = last.name.endsWith('.sql') ? inSql(before, up, down) : inScript(before, up, down)
  return text === null ? null : { file: `${last.dir}${nameAfter(last, what)}`, text }
}
