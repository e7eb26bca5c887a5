import ts from 'typescript'
import { addProperties } from '../../instruments/source/edit/add-properties.ts'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import type { Project } from '../../instruments/source/project.ts'
import { callsOf, lineOf, literalOf, propertyOf } from '../../instruments/source/script-nodes.ts'
import { codeFiles } from '../code-files.ts'
import { findColumns } from '../find-columns.ts'
import type { Sent } from './find-list.ts'

type Limit = Sent['limit']

const ENDS: ReadonlySet<string> = new Set([
  ...[
    'limit',
    'offset',
    'first',
    'count',
    'sum',
    'max',
    'min',
    'avg',
    'groupBy',
    'distinct',
    'insert',
    'update',
  ],
  ...['del', 'delete', 'pluck', 'join', 'leftJoin', 'innerJoin', 'union', 'forUpdate', 'stream', 'paginate'],
])

type Found = Sent & { source: ts.SourceFile }

type Chain = { first: ts.CallExpression; links: { name: string; call: ts.CallExpression }[] }

const chainOf = (whole: ts.CallExpression): Chain => {
  const links: Chain['links'] = []
  let at = whole
  while (ts.isPropertyAccessExpression(at.expression) && ts.isCallExpression(at.expression.expression)) {
    links.unshift({ name: at.expression.name.text, call: at })
    at = at.expression.expression
  }
  return { first: at, links }
}

/** The key by which rows of a table are told apart; null where no migration shows it. */
const keyOf = (project: Project, table: string): string | null => {
  const [key, another] = findColumns(project).find(({ name }) => name === table)?.key ?? []
  if (key !== undefined) return another === undefined ? key : null
  const made = new RegExp(`createTable\\(\\s*['"\`]${table}['"\`]([\\s\\S]*?)\\n\\s*\\}\\)`)
  for (const file of project.under('', '.js', '.cjs', '.mjs', '.ts')) {
    if (!/migrations?\//.test(file)) continue
    const [, body = ''] = made.exec(project.text(file) ?? '') ?? []
    const [found, name] = /\b(?:bigIncrements|increments)\(\s*(?:['"`](\w+)['"`])?/.exec(body) ?? []
    if (found !== undefined) return name ?? 'id'
    const [, own] = /\(\s*['"`](\w+)['"`][^\n]*\.primary\(/.exec(body) ?? []
    if (own !== undefined) return own
  }
  return null
}

/** `knex('items').select().orderBy('name')` */
const ofKnex = (project: Project, whole: ts.CallExpression, table: string): Limit | null => {
  const { first, links } = chainOf(whole)
  const isTable = literalOf(first.arguments[0]) === table && first.arguments.length === 1
  const isBuilder =
    ts.isIdentifier(first.expression) && /^(?:knex|db|trx|database)$/i.test(first.expression.text)
  if (!isTable || !isBuilder || links.some(({ name }) => ENDS.has(name))) return null
  const key = keyOf(project, table)
  const ordered = links.filter(({ name }) => /^orderBy/.test(name))
  const isKnown = ordered.every(
    ({ name, call }) => name === 'orderBy' && literalOf(call.arguments[0]) !== null,
  )
  if (key === null || !isKnown) return null
  const isLast = ordered.some(({ call }) => literalOf(call.arguments[0])?.split('.').at(-1) === key)
  return (edit) => {
    const parts = [
      ...(isLast ? [] : [`.orderBy('${key}')`]),
      '.limit(page.limit + 1)',
      '.offset(page.offset)',
    ]
    const isSpread = /\n\s*\./.test(edit.raw(whole))
    const [, gap = ''] = isSpread ? (/(\r?\n\s*)\.\w+\([^\n]*$/.exec(edit.raw(whole)) ?? []) : []
    const quoted = parts.map((one) => (edit.style.quote === '"' ? one.replaceAll("'", '"') : one))
    edit.insert(whole.end, quoted.map((one) => `${gap}${one}`).join(''))
    return true
  }
}

/** The block of a Prisma model, by the name that the client has for it. */
const modelOf = (project: Project, client: string): string | null => {
  const model = `${client[0]?.toUpperCase()}${client.slice(1)}`
  for (const file of project.under('', '.prisma')) {
    const [, body] = new RegExp(`\\bmodel\\s+${model}\\s*\\{([^}]*)\\}`).exec(project.text(file) ?? '') ?? []
    if (body !== undefined) return `@@name("${model}")\n${body}`
  }
  return null
}

const withOrder = (edit: Edit, order: ts.Expression, added: string) => {
  if (!ts.isArrayLiteralExpression(order)) edit.replace(order, `[${edit.raw(order)}, ${added}]`)
  else if (order.elements.length > 0) edit.insert(order.elements.at(-1)?.end ?? order.end, `, ${added}`)
  else edit.replace(order, `[${added}]`)
}

type Options = { names: readonly [string, string]; order: string; added: string; whole: string; key: RegExp }

/** Adds to the one object of options; false where there is a limit already, or they are not written out. */
const limitOptions = (
  edit: Edit,
  call: ts.CallExpression,
  { names, order, added, whole, key }: Options,
): boolean => {
  const [count, skip] = names
  const [given, another] = call.arguments
  const wanted = [`${count}: page.limit + 1`, `${skip}: page.offset`]
  if (given === undefined) {
    edit.insert(call.end - 1, `{ ${[`${order}: ${whole}`, ...wanted].join(', ')} }`)
    return true
  }
  if (!ts.isObjectLiteralExpression(given) || another !== undefined) return false
  if (given.properties.some((one) => !ts.isPropertyAssignment(one) && !ts.isShorthandPropertyAssignment(one)))
    return false
  const isTaken = [...names, 'cursor', 'distinct', 'group'].some((name) => propertyOf(given, name) !== null)
  const before = propertyOf(given, order)
  const isWritten =
    before === null || ts.isArrayLiteralExpression(before) || ts.isObjectLiteralExpression(before)
  if (isTaken || !isWritten) return false
  if (before === null) {
    addProperties(edit, given, [`${order}: ${whole}`, ...wanted])
    return true
  }
  const last = given.properties.at(-1)
  if (!key.test(before.getText())) withOrder(edit, before, added)
  if (last !== undefined) edit.insert(last.end, wanted.map((one) => `, ${one}`).join(''))
  return true
}

/** `prisma.item.findMany({ … })` */
const ofPrisma = (project: Project, call: ts.CallExpression, table: string): Limit | null => {
  const [, client] = /^(?:this\.)?\w*prisma\w*\.(\w+)\.findMany$/i.exec(call.expression.getText()) ?? []
  const model = client === undefined ? null : modelOf(project, client)
  const named = /@@map\("(\w+)"\)/.exec(model ?? '')?.[1] ?? /@@name\("(\w+)"\)/.exec(model ?? '')?.[1]
  const [, key] = /^\s*(\w+)\s+\S+[^\n]*@id\b/m.exec(model ?? '') ?? []
  if (named !== table || key === undefined) return null
  return (edit) =>
    limitOptions(edit, call, {
      ...{
        names: ['take', 'skip'],
        order: 'orderBy',
        added: `{ ${key}: 'asc' }`,
        whole: `{ ${key}: 'asc' }`,
      },
      key: new RegExp(`\\b${key}\\s*:`),
    })
}

/** `Item.findAll({ … })`, of a model that keeps the usual key */
const ofSequelize = (project: Project, call: ts.CallExpression, table: string): Limit | null => {
  const [, model] = /^(?:\w+\.)?([A-Z]\w*)\.findAll$/.exec(call.expression.getText()) ?? []
  if (model === undefined || !isOfTable(model, table)) return null
  const isUsual = !codeFiles(project).some(
    ({ source }) => source.text.includes('primaryKey') && new RegExp(`\\b${model}\\b`).test(source.text),
  )
  const include = propertyOf(call.arguments[0], 'include')
  if (!isUsual || include !== null) return null
  return (edit) =>
    limitOptions(edit, call, {
      ...{ names: ['limit', 'offset'], order: 'order', added: "['id', 'ASC']", whole: "[['id', 'ASC']]" },
      key: /['"]id['"]/,
    })
}

const isOfTable = (model: string, table: string) =>
  [model, `${model}s`, `${model}es`, model.replace(/y$/, 'ies')].some(
    (one) => one.toLowerCase() === table.replaceAll('_', '').toLowerCase(),
  )

/** The table that a builder's statement reads; null where it reads several. */
const tableIn = (sql: string): string | null => {
  const [, table] = /\bfrom\s+(?:"?\w+"?\.)?"?(\w+)"?/i.exec(sql) ?? []
  return table === undefined || /\bjoin\b|\bunion\b/i.test(sql) ? null : table
}

/** The one call of Knex, Prisma or Sequelize that sends a statement. */
export const findBuilder = (
  project: Project,
  sql: string,
  place: { file: string; line: number } | null,
): Sent | null => {
  const table = tableIn(sql)
  if (table === null) return null
  const found = codeFiles(project).flatMap(({ file, source }) =>
    [...callsOf(source)].flatMap((call): Found[] => {
      if (!ts.isCallExpression(call) || !ts.isAwaitExpression(call.parent)) return []
      const limit =
        ofKnex(project, call, table) ?? ofPrisma(project, call, table) ?? ofSequelize(project, call, table)
      return limit === null ? [] : [{ file, source, call, isList: true, limit }]
    }),
  )
  const isThere = ({ file, source, call }: Found) => {
    const last = source.getLineAndCharacterOfPosition(call.end).line + 1
    return file === place?.file && lineOf(source, call) <= place.line && place.line <= last
  }
  const near = found.filter(isThere)
  const [only, another] = near.length > 0 ? near : found
  return another === undefined ? (only ?? null) : null
}
