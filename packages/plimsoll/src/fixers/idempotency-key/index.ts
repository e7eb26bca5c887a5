import ts from 'typescript'
import { addImport } from '../../instruments/source/edit/add-import.ts'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import { writeInStyle } from '../../instruments/source/edit/write-in-style.ts'
import type { Project } from '../../instruments/source/project.ts'
import { bare, propertyOf } from '../../instruments/source/script-nodes.ts'
import type { Finding } from '../../model/verdict.ts'
import { defineFixer } from '../define.ts'
import { specifierOf } from '../file-of.ts'
import { findPools } from '../find-pools.ts'
import { findRegistration, type RegisteredRoute } from '../find-route.ts'
import { findServer } from '../find-servers.ts'
import { nextMigration } from '../next-migration.ts'
import { type Edits, openEdits, patchOf } from '../patch-of.ts'
import { reachPool } from '../reach-pool.ts'
import { findKeyedRoute } from './find-keyed-route.ts'
import { type Keeping, keeperCode, TABLE } from './keeper-code.ts'

const SUBJECT = /^(\w+) (\S+): the same key(?: at once| after a lost reply|, another body)$/
const KEY = /header (\S+) \(([^()]+):(\d+)\)/

type Key = { header: string; file: string; line: number }

/** The header that carries the key, and a line of the handler. */
const keyOf = ({ detail, evidence }: Finding): Key | null => {
  const [, named, file = '', line] = KEY.exec(detail) ?? []
  if (named !== undefined) return { header: named, file, line: Number(line) }
  const made = evidence.find((one) => one.kind === 'source')
  const sent = evidence.flatMap((one) =>
    one.kind === 'exchange' ? Object.keys(one.exchange.requestHeaders) : [],
  )
  const header = sent.find((name) => /idempoten/i.test(name))
  return made === undefined || header === undefined ? null : { header, ...made.place }
}

/** Before the handler in Express, among the options of the route in Fastify; false where they are given by name. */
const place = (
  edit: Edit,
  { call, given: handed }: RegisteredRoute,
  framework: Keeping,
  keeper: string,
): boolean => {
  const given = call.arguments[1]
  if (framework === 'express' || (given === handed && !ts.isObjectLiteralExpression(bare(given)))) {
    edit.insert(handed.getStart(edit.source), `${keeper}, `)
    return true
  }
  const options = given === undefined ? null : bare(given)
  if (options === null || !ts.isObjectLiteralExpression(options)) return false
  const isTaken = ['preHandler', 'onSend'].some((name) => propertyOf(options, name) !== null)
  const last = options.properties.at(-1)
  if (isTaken || last === undefined) return false
  edit.insert(last.end, `, ...${keeper}`)
  return true
}

const reachOnePool = (project: Project, edits: Edits, route: Edit): string | null => {
  const [pool, another] = findPools(project).filter(({ kind }) => kind === 'Pool')
  return pool === undefined || another !== undefined ? null : reachPool(edits, route, pool)
}

/** **Contract:** reads, never writes; nothing without one pool of node-postgres and numbered migrations. */
export default defineFixer({
  id: 'idempotency-key',
  title: 'Do once what comes twice with one key',
  repairs: ['idempotency'],
  propose: async (finding, source) => {
    const [, method = '', path = ''] = SUBJECT.exec(finding.subject) ?? []
    const key = keyOf(finding)
    const framework = findServer(source)?.framework
    const route =
      key === null ? null : (findKeyedRoute(source, method, key) ?? findRegistration(source, method, path))
    if (route === null || key === null || (framework !== 'express' && framework !== 'fastify')) return []
    const edits = openEdits(source)
    const { file } = route
    const edit = edits.of(file)
    const module = file.replace(/[^/]+(\.[cm]?js)$/, 'once-by-key$1')
    const migration = nextMigration(source, 'kept_answers', TABLE, 'DROP TABLE kept_answers;')
    if (edit === null || module === file || source.exists(module) || migration === null) return []
    const pool = reachOnePool(source, edits, edit)
    if (pool === null || !place(edit, route, framework, `onceByKey(${pool})`)) return []
    edits.create(
      module,
      `${writeInStyle(keeperCode(framework, key.header, edit.style.modules), edit.style)}${edit.style.eol}`,
    )
    edits.create(migration.file, migration.text)
    addImport(edit, { from: specifierOf(edit, module), name: 'onceByKey' })
    return patchOf(finding, 'idempotency-key', 'Keep the answer with the key, and give it again', edits)
  },
})
