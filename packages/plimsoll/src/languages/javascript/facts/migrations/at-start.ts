import ts from 'typescript'
import type { Project } from '../../../../instruments/source/project.ts'
import { createResolver } from '../../code/resolve-module.ts'
import { nameOfProperty, specifierOf, walk } from '../reads/syntax.ts'
import type { AtStart } from './tools.ts'

const LOADS_FOLDERS =
  /['"](@fastify\/autoload|fastify-autoload|require-directory|require-all|glob|fast-glob|express-autoload)['"]|readdirSync\(/

/** Run by hand or by a tool, not by the app. */
const APART = /(^|\/)(scripts?|tools?|seeds?|seeders?|migrations?|bin)\//

/** Following one import too many does no harm here, so the text is enough. */
const RELATIVE = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"\n]+)['"]/g

/** Files of the app that the entry imports, directly or through others; all of them once a folder is loaded as such. */
export const reachedFrom = (project: Project, entry: string, own: readonly string[]): string[] => {
  const resolve = createResolver(project)
  const reached = new Set([entry])
  for (const file of reached) {
    if (LOADS_FOLDERS.test(project.text(file) ?? ''))
      for (const other of own) if (!APART.test(other)) reached.add(other)
    for (const [, specifier = ''] of (project.text(file) ?? '').matchAll(RELATIVE)) {
      const next = resolve(file, specifier)
      if (next.kind === 'file') reached.add(next.file)
    }
  }
  return [...reached]
}

const calleeText = (call: ts.CallExpression) =>
  call.expression.getText().replace(/\((?:[^()]|\([^()]*\))*\)|\s|\?/g, '')

const endsAs = (callee: string, ending: string) =>
  ending.startsWith('.') ? callee.endsWith(ending) : callee === ending || callee.endsWith(`.${ending}`)

/** Whether one of the files applies the migrations by itself. */
export const appliesItself = (project: Project, files: readonly string[], wanted: AtStart): boolean => {
  const words = [wanted.imports, wanted.flag, ...(wanted.imports === undefined ? (wanted.calls ?? []) : [])]
    .filter((word) => word !== undefined)
    .map((word) => word.split('.').at(-1) ?? word)
  return files.some((file) => {
    const text = project.text(file) ?? ''
    if (!words.some((word) => text.includes(word))) return false
    const source = project.script(file)
    if (source === null) return false
    let imported = wanted.imports === undefined
    let called = false
    walk(source, (node) => {
      const specifier = specifierOf(node)
      if (specifier !== null && wanted.imports !== undefined)
        imported ||= specifier === wanted.imports || specifier.startsWith(`${wanted.imports}/`)
      if (ts.isCallExpression(node))
        called ||= (wanted.calls ?? []).some((ending) => endsAs(calleeText(node), ending))
      if (ts.isPropertyAssignment(node) && nameOfProperty(node.name) === wanted.flag)
        called ||= node.initializer.kind === ts.SyntaxKind.TrueKeyword
    })
    return imported && called
  })
}
