import ts from 'typescript'
import { addProperties } from '../../instruments/source/edit/add-properties.ts'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import {
  bare,
  callsOf,
  literalOf,
  nameOf,
  nodesOf,
  propertyOf,
} from '../../instruments/source/script-nodes.ts'
import { codeFiles } from '../code-files.ts'
import { defineFixer } from '../define.ts'
import { openEdits, patchOf } from '../patch-of.ts'

type Flag = { property: string; value: string }

/** What the lab speaks is plain HTTP, and so is a developer's machine: Secure is for production alone. */
const FLAGS: Readonly<Record<string, Flag>> = {
  HttpOnly: { property: 'httpOnly', value: 'true' },
  SameSite: { property: 'sameSite', value: "'lax'" },
}

const SETTERS = /(?:^|\.)(?:(?:res|response|reply|this)\.(?:cookie|setCookie)|cookies\.set)$/

/** The object literal that an expression is, or that a constant of this file names. */
const objectOf = (source: ts.SourceFile, given: ts.Expression): ts.ObjectLiteralExpression | null => {
  const plain = bare(given)
  if (ts.isObjectLiteralExpression(plain)) return plain
  if (!ts.isIdentifier(plain)) return null
  const declared = [...nodesOf(source)].filter(
    (node): node is ts.VariableDeclaration =>
      ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === plain.text,
  )
  const [only, another] = declared
  const value = another === undefined ? only?.initializer : undefined
  const object = value === undefined ? null : bare(value)
  return object !== null && ts.isObjectLiteralExpression(object) ? object : null
}

const constantText = (source: ts.SourceFile, node: ts.Expression | undefined): string | null => {
  if (node === undefined || !ts.isIdentifier(node)) return literalOf(node)
  for (const one of nodesOf(source))
    if (ts.isVariableDeclaration(one) && ts.isIdentifier(one.name) && one.name.text === node.text)
      return literalOf(one.initializer)
  return null
}

const set = (edit: Edit, object: ts.ObjectLiteralExpression, { property, value }: Flag) => {
  const given = propertyOf(object, property)
  const isMeant = literalOf(given ?? undefined)?.toLowerCase() === 'none'
  if (given === null) addProperties(edit, object, [`${property}: ${value}`])
  else if (!isMeant) edit.replace(given, value)
}

/** Each place where that cookie gets its attributes, once. */
const mend = (edit: Edit, cookie: string, flag: Flag) => {
  const done = new Set<ts.Node>()
  for (const call of callsOf(edit.source)) {
    const [name, , options] = call.arguments ?? []
    if (!SETTERS.test(nameOf(call.expression)) || constantText(edit.source, name) !== cookie) continue
    if ((call.arguments?.length ?? 0) < 2) continue
    const object = options === undefined ? null : objectOf(edit.source, options)
    if (options === undefined && call.arguments?.[1] !== undefined)
      edit.insert(call.arguments[1].end, `, { ${flag.property}: ${flag.value} }`)
    else if (object !== null && !done.has(object)) {
      done.add(object)
      set(edit, object, flag)
    }
  }
}

/** **Contract:** reads, never writes; nothing where the attributes are put together at run time. */
export default defineFixer({
  id: 'cookie-attributes',
  title: 'Give the session cookie its attributes',
  repairs: ['cookie-flags'],
  propose: async (finding, source) => {
    const [, cookie = '', name = ''] = /^(.+): (\w+)$/.exec(finding.subject) ?? []
    const flag = FLAGS[name]
    if (flag === undefined) return []
    const edits = openEdits(source)
    for (const { file } of codeFiles(source)) {
      const edit = edits.of(file)
      if (edit !== null) mend(edit, cookie, flag)
    }
    return patchOf(finding, 'cookie-attributes', `Set ${name} on the cookie ${cookie}`, edits)
  },
})
