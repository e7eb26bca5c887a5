import * as toml from 'smol-toml'
import ts from 'typescript'
import { parse as parseYaml } from 'yaml'
import { isScript, parseScript } from '../../../instruments/source/parse-script.ts'

/** A setting that has one value: `test.coverage.thresholds.lines`. */
export type Settings = ReadonlyMap<string, string | number | boolean | null>

const literal = (node: ts.Expression): string | number | boolean | null | undefined => {
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isNumericLiteral(node)) return Number(node.text)
  if (ts.isPrefixUnaryExpression(node) && ts.isNumericLiteral(node.operand)) return -Number(node.operand.text)
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false
  return node.kind === ts.SyntaxKind.NullKeyword ? null : undefined
}

const nameOf = (name: ts.PropertyName) =>
  ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : ''

/** Every literal inside of object literals of a script, whatever is called around them. */
const ofScript = (file: string, text: string): Settings => {
  const found = new Map<string, string | number | boolean | null>()
  const visit = (node: ts.Node, path: readonly string[]): void => {
    if (ts.isPropertyAssignment(node)) {
      const inner = [...path, nameOf(node.name)]
      const value = literal(node.initializer)
      if (value !== undefined) found.set(inner.join('.'), value)
      visit(node.initializer, inner)
      return
    }
    if (ts.isArrayLiteralExpression(node)) {
      node.elements.forEach((one, at) => {
        const value = literal(one)
        if (value !== undefined) found.set([...path, at].join('.'), value)
        visit(one, path)
      })
      return
    }
    ts.forEachChild(node, (child) => visit(child, path))
  }
  visit(parseScript(file, text).source, [])
  return found
}

const ofValue = (
  value: unknown,
  path: readonly string[],
  found: Map<string, string | number | boolean | null>,
) => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
    found.set(path.join('.'), value)
  else if (typeof value === 'object')
    for (const [key, inner] of Object.entries(value ?? {})) ofValue(inner, [...path, key], found)
  return found
}

/** `key = value` below `[section]`. */
const ofIni = (text: string): Settings => {
  const found = new Map<string, string | number | boolean | null>()
  let section = ''
  for (const line of text.split('\n')) {
    const head = /^\s*\[(.+)\]\s*$/.exec(line)
    if (head !== null) section = head[1] ?? ''
    const [, key, value = ''] = /^\s*([\w.-]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? []
    if (key === undefined) continue
    const number = Number(value)
    found.set(`${section}.${key}`, value !== '' && !Number.isNaN(number) ? number : value)
  }
  return found
}

const parse = (file: string, text: string): unknown => {
  if (/\.ya?ml$/.test(file)) return parseYaml(text)
  if (file.endsWith('.toml')) return toml.parse(text)
  return ts.parseConfigFileTextToJson(file, text).config
}

/** The settings of a configuration file of any form; empty for one that cannot be read. */
export const readSettings = (file: string, text: string | null): Settings => {
  if (text === null) return new Map()
  try {
    if (isScript(file)) return ofScript(file, text)
    if (/\.(?:ini|cfg|coveragerc|flake8|properties)$|(?:^|\/)\.(?:coveragerc|flake8)$/.test(file))
      return ofIni(text)
    return ofValue(parse(file, text), [], new Map())
  } catch {
    return new Map()
  }
}
