import ts from 'typescript'
import { addImport } from '../../instruments/source/edit/add-import.ts'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import type { Project } from '../../instruments/source/project.ts'
import { around, callsOf, importsOf, nodesOf } from '../../instruments/source/script-nodes.ts'
import { codeFiles } from '../code-files.ts'
import { fileOf } from '../file-of.ts'
import type { FoundTable } from '../find-columns.ts'
import type { FoundStatement } from '../find-statements.ts'
import { freeName } from '../free-name.ts'
import type { Edits } from '../patch-of.ts'
import { type AskEach, askEach } from './ask-each.ts'
import { findLoop, isPlain, type Loop } from './find-loop.ts'
import { placeOf } from './place-of.ts'

type Fn = ts.FunctionDeclaration | ts.ArrowFunction

/** A statement in a function of its own, which a loop calls with each of its rows. */
type Step = {
  found: FoundStatement
  fn: Fn
  name: string
  /** the one parameter, and the statement that declares the function */
  parameter: ts.Identifier
  declared: ts.Statement
  /** what it gives back */
  gives: ts.Expression
  loop: Loop
  /** the awaited call in the loop, and the file that it is in */
  call: ts.CallExpression
  file: string
  /** nothing else calls it */
  isOnly: boolean
}

const functionIn = ({ call }: FoundStatement): Fn | null => {
  for (const at of around(call)) {
    if (ts.isFunctionDeclaration(at) || ts.isArrowFunction(at)) return at
    if (ts.isFunctionLike(at)) return null
  }
  return null
}

const declarationOf = (fn: Fn): { name: string; declared: ts.Statement } | null => {
  if (ts.isFunctionDeclaration(fn)) return fn.name === undefined ? null : { name: fn.name.text, declared: fn }
  const { parent } = fn
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return null
  const statement = parent.parent.parent
  const isAlone = ts.isVariableStatement(statement) && statement.declarationList.declarations.length === 1
  return isAlone ? { name: parent.name.text, declared: statement } : null
}

/** Two statements: the one that asks, and `return`. */
const givenBy = (fn: Fn, call: ts.CallExpression): ts.Expression | null => {
  const [first, last, more] = fn.body !== undefined && ts.isBlock(fn.body) ? fn.body.statements : []
  const isFirst = first !== undefined && ts.isVariableStatement(first) && [...around(call)].includes(first)
  if (!isFirst || more !== undefined || last === undefined || !ts.isReturnStatement(last)) return null
  const { expression } = last
  const isQuick =
    expression !== undefined && ![...nodesOf(expression)].some((one) => ts.isAwaitExpression(one))
  return isQuick ? (expression ?? null) : null
}

type Call = { file: string; call: ts.CallExpression }

/** Every use of the function in the project; null where it is more than called. */
const callsTo = (project: Project, file: string, name: string): Call[] | null => {
  const files = codeFiles(project)
  const found: Call[] = []
  for (const script of files) {
    const taken = [...importsOf(script.source)].find(
      ([, one]) =>
        one.name === name && one.from.startsWith('.') && fileOf(script.file, one.from, [file]) === file,
    )
    const local = script.file === file ? name : taken?.[0]
    if (local === undefined) continue
    if (local !== name) return null
    const calls = [...callsOf(script.source)].filter(
      (call): call is ts.CallExpression =>
        ts.isCallExpression(call) && ts.isIdentifier(call.expression) && call.expression.text === name,
    )
    const uses = [...nodesOf(script.source)].filter((one) => ts.isIdentifier(one) && one.text === name)
    if (uses.length !== calls.length + 1) return null
    found.push(...calls.map((call) => ({ file: script.file, call })))
  }
  return found
}

/** The loop that calls the function with one of its rows, or with a property of it; null where it is not so. */
export const findStep = (project: Project, found: FoundStatement): Step | null => {
  const fn = functionIn(found)
  const named = fn === null ? null : declarationOf(fn)
  const gives = fn === null ? null : givenBy(fn, found.call)
  const [parameter, another] = fn?.parameters ?? []
  const isOne =
    parameter !== undefined &&
    another === undefined &&
    ts.isIdentifier(parameter.name) &&
    parameter.initializer === undefined
  if (fn === null || named === null || gives === null || !isOne || !ts.isIdentifier(parameter.name))
    return null
  const calls = callsTo(project, found.file, named.name)
  const looped = (calls ?? []).flatMap(({ file, call }) => {
    const loop = ts.isAwaitExpression(call.parent) ? findLoop(call) : null
    const [given, more] = call.arguments
    const isRow = loop !== null && given !== undefined && isPlain(given) && rootOf(given) === loop.item
    return isRow && more === undefined ? [{ file, call, loop }] : []
  })
  const [only, more] = looped
  if (only === undefined || more !== undefined || calls === null) return null
  return { ...only, found, fn, ...named, gives, parameter: parameter.name, isOnly: calls.length === 1 }
}

const rootOf = (node: ts.Expression) => node.getText().split('.')[0]

const isExported = (declared: ts.Statement) =>
  ts.canHaveModifiers(declared) &&
  ts.getModifiers(declared)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true

const arrayOf = (type: string) => (/^[\w.]+$/.test(type) ? `${type}[]` : `(${type})[]`)

/** A name for many of them which the function has not. */
const pluralOf = (fn: Fn, name: string) => {
  const known = [...nodesOf(fn)].filter(ts.isIdentifier).map(({ text }) => text)
  return freeName({ text: known.join(' ') }, `${name}s`, `${name}List`, `all${name}`)
}

/** The function for a whole list, which gives back what each of it would have got. */
const codeOf = (
  edit: Edit,
  { found, fn, name, parameter, gives, declared }: Step,
  each: AskEach,
): string | null => {
  const body = fn.body
  const place = body === undefined ? null : placeOf(found.call, body)
  if (place === null) return null
  const own = parameter.text
  const all = pluralOf(fn, own)
  const { typescript: typed } = edit.style
  const rows = freeName(edit.source, 'found', 'fetched', 'foundRows')
  const lists = found.values
    .map((value) => (value.getText() === own ? all : `${all}.map((${own}) => ${edit.raw(value)})`))
    .join(', ')
  const type = parameter.parent
  const annotation =
    typed && ts.isParameter(type) && type.type !== undefined ? `: ${arrayOf(edit.raw(type.type))}` : ''
  const groupType = typed ? `<(typeof ${all})[number], typeof ${rows}.rows>` : ''
  const group = typed ? `grouped.get(${own}) ?? []` : `grouped.get(${own})`
  const { pattern, node, write } = place
  const line =
    pattern === undefined ? declaredAs(edit, node, write(group)) : `${pattern.name} = ${write(group)}`
  if (line === null) return null
  const prefix = isExported(declared) ? 'export ' : ''
  const head = ts.isFunctionDeclaration(fn)
    ? `${prefix}async function ${name}OfAll(${all}${annotation}) {`
    : `${prefix}const ${name}OfAll = async (${all}${annotation}) => {`
  return [
    head,
    `  const ${rows} = await ${edit.raw(found.call.expression)}(`,
    `    ${each.write(edit.raw(found.text)).replaceAll('\n', '\n    ')},`,
    `    [${lists}],`,
    '  )',
    `  const grouped = new Map${groupType}(${all}.map((${own}) => [${own}, []]))`,
    `  for (const { ${each.nth}, ...row } of ${rows}.rows) grouped.get(${all}[${each.nth} - 1])${typed ? '?' : ''}.push(row)`,
    `  return new Map(`,
    `    ${all}.map((${own}) => {`,
    `      const ${line}`,
    `      return [${own}, ${edit.raw(gives)}]${typed ? ' as const' : ''}`,
    '    }),',
    '  )',
    '}',
  ].join('\n')
}

/** `const seats = (await query(…)).rows`, with other rows. */
const declaredAs = (edit: Edit, node: ts.Expression, rows: string): string | null => {
  const holder = node.parent
  if (!ts.isVariableDeclaration(holder) || holder.initializer !== node) return null
  return `${edit.raw(holder.name)} = ${rows}`
}

const ownIn = ({ found, parameter }: Step): number[] | null => {
  const own = found.values.flatMap((value, index) =>
    isPlain(value) && rootOf(value) === parameter.text ? [index + 1] : [],
  )
  return own.length > 0 && own.length === found.values.length ? own : null
}

/** Gives the function a sister for whole lists, and lets the loop ask it once. */
export const askInFunction = (edits: Edits, step: Step, tables: readonly FoundTable[]): boolean => {
  const { found, call, file, name, loop, declared } = step
  const [there, here] = [edits.of(found.file), edits.of(file)]
  const own = ownIn(step)
  const each = own === null ? null : askEach(found.sql, own, tables)
  const [given] = call.arguments
  if (there === null || here === null || each === null || given === undefined) return false
  const code = codeOf(there, step, each)
  const isReached = there === here || (isExported(declared) && here.style.modules === 'import')
  const isFree = !new RegExp(`\\b${name}OfAll\\b`).test(`${there.source.text}${here.source.text}`)
  if (code === null || !isReached || !isFree) return false
  if (step.isOnly && !isExported(declared)) there.replace(declared, code)
  else there.after(declared, code, { gap: true })
  if (there !== here) {
    const from = [...importsOf(here.source).values()].find((one) => one.name === name)?.from
    if (from === undefined) return false
    addImport(here, { from, name: `${name}OfAll` })
  }
  const fetched = freeName(here.source, 'fetched', 'known', `${name}Known`)
  const text = here.raw(given)
  const list = text === loop.item ? loop.list : `[...new Set(${loop.list}.map((${loop.item}) => ${text}))]`
  here.before(loop.statement, `const ${fetched} = await ${name}OfAll(${list})`)
  here.replace(call.parent, `${fetched}.get(${text})`)
  return true
}
