import ts from 'typescript'
import { addProperties } from '../../instruments/source/edit/add-properties.ts'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import type { Project } from '../../instruments/source/project.ts'
import { callsOf, keyOf, literalOf, propertyOf } from '../../instruments/source/script-nodes.ts'
import { codeFiles } from '../code-files.ts'

/** A call of a query builder with the columns that it chooses rows by, or writes down. */
export type Conditions = {
  file: string
  source: ts.SourceFile
  call: ts.CallExpression
  /** as the builder names it: a table, or a model */
  table: string
  pairs: readonly { column: string; value: ts.Expression }[]
  /** one more condition; null where the call is no such one */
  add: ((edit: Edit, column: string, value: string) => void) | null
}

const pairsOf = (object: ts.Expression | null): { column: string; value: ts.Expression }[] => {
  if (object === null || !ts.isObjectLiteralExpression(object)) return []
  return object.properties.flatMap((one) => {
    if (ts.isShorthandPropertyAssignment(one)) return [{ column: one.name.text, value: one.name }]
    const column = ts.isPropertyAssignment(one) ? keyOf(one.name) : null
    return column === null || !ts.isPropertyAssignment(one) ? [] : [{ column, value: one.initializer }]
  })
}

const WIDENS = /^(?:or|union|whereRaw|whereNot|first?Or)/

type Link = { name: string; call: ts.CallExpression }

const linksOf = (whole: ts.CallExpression): { first: ts.CallExpression; links: Link[] } => {
  const links: Link[] = []
  let at = whole
  while (ts.isPropertyAccessExpression(at.expression) && ts.isCallExpression(at.expression.expression)) {
    links.unshift({ name: at.expression.name.text, call: at })
    at = at.expression.expression
  }
  return { first: at, links }
}

/** `where({ id })`, `where('id', id)` */
const whereOf = ({ call: { arguments: given } }: Link) => {
  const [first, second, third] = given
  const column = literalOf(first)
  if (column !== null) return second !== undefined && third === undefined ? [{ column, value: second }] : []
  return second === undefined ? pairsOf(first ?? null) : []
}

/** `knex('orders').where({ id }).first()` */
const ofKnex = (whole: ts.CallExpression): Omit<Conditions, 'file' | 'source' | 'call'> | null => {
  const { first, links } = linksOf(whole)
  const table = first.arguments.length === 1 ? literalOf(first.arguments[0]) : null
  const isBuilder =
    ts.isIdentifier(first.expression) && /^(?:knex|db|trx|database)$/i.test(first.expression.text)
  if (table === null || !isBuilder || links.length === 0) return null
  const wheres = links.filter(({ name }) => name === 'where' || name === 'andWhere')
  const written = links
    .filter(({ name }) => name === 'insert')
    .flatMap(({ call }) => pairsOf(call.arguments[0] ?? null))
  const [where] = wheres
  const isPlain = !links.some(({ name }) => WIDENS.test(name) || /join/i.test(name))
  return {
    ...{ table, pairs: [...wheres.flatMap(whereOf), ...written] },
    add:
      where === undefined || !isPlain || whereOf(where).length === 0
        ? null
        : (edit, column, value) => {
            const quote = edit.style.quote
            edit.insert(where.call.end, `.where(${quote}${column}${quote}, ${value})`)
          },
  }
}

const ALTERNATIVE = /^(?:OR|NOT|AND|\[)/

/** `prisma.order.findFirst({ where: { id } })`, `Order.findOne({ where: { id } })` */
const ofModel = (
  call: ts.CallExpression,
  newPrisma: boolean,
): Omit<Conditions, 'file' | 'source' | 'call'> | null => {
  const text = call.expression.getText()
  const [, prisma, made] =
    /^(?:this\.)?\w*prisma\w*\.(\w+)\.(find\w+|update\w*|delete\w*|create)$/i.exec(text) ?? []
  const [, model, done] =
    /^(?:\w+\.)?([A-Z]\w*)\.(findOne|findAll|update|destroy|create|count)$/.exec(text) ?? []
  const table = prisma ?? model
  const method = made ?? done ?? ''
  if (table === undefined) return null
  const [given, second] = call.arguments
  const options = model !== undefined && method === 'update' ? second : given
  const where = propertyOf(options, 'where')
  const data = prisma === undefined ? (given ?? null) : propertyOf(given, 'data')
  const isSure = prisma === undefined || newPrisma || /First|Many/.test(method)
  const pairs = pairsOf(where)
  const isPlain = pairs.length > 0 && !pairs.some(({ column }) => ALTERNATIVE.test(column))
  return {
    ...{ table, pairs: [...pairs, ...(method === 'create' ? pairsOf(data) : [])] },
    add:
      isSure && isPlain && where !== null && ts.isObjectLiteralExpression(where)
        ? (edit, column, value) => addProperties(edit, where, [`${column}: ${value}`])
        : null,
  }
}

/** Other conditions beside a key are taken from the fifth version on. */
const isNewPrisma = (project: Project): boolean => {
  const range = /"@prisma\/client"\s*:\s*"[^\d]*(\d+)/.exec(project.text('package.json') ?? '')
  return range !== null && Number(range[1]) >= 5
}

/** Every call of Knex, Prisma or Sequelize that says by which columns. */
export const findConditions = (project: Project): Conditions[] => {
  const newPrisma = isNewPrisma(project)
  return codeFiles(project).flatMap(({ file, source }) =>
    [...callsOf(source)].flatMap((call): Conditions[] => {
      if (!ts.isCallExpression(call) || ts.isPropertyAccessExpression(call.parent)) return []
      const found = ofKnex(call) ?? ofModel(call, newPrisma)
      return found === null || found.pairs.length === 0 ? [] : [{ ...found, file, source, call }]
    }),
  )
}
