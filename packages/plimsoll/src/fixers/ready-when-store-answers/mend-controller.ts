import ts from 'typescript'
import { addImport } from '../../instruments/source/edit/add-import.ts'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import type { Project } from '../../instruments/source/project.ts'
import { literalOf, nameOf, nodesOf } from '../../instruments/source/script-nodes.ts'
import { codeFiles } from '../code-files.ts'
import { specifierOf } from '../file-of.ts'
import type { FoundPool } from '../find-pools.ts'
import type { Edits } from '../patch-of.ts'

/** The path in a decorator: `@Get('ready')`; '' without one, null without the decorator. */
const pathOf = (node: ts.ClassDeclaration | ts.MethodDeclaration, name: string): string | null => {
  for (const { expression } of ts.getDecorators(node) ?? [])
    if (ts.isCallExpression(expression) && nameOf(expression.expression) === name)
      return expression.arguments[0] === undefined ? '' : literalOf(expression.arguments[0])
  return null
}

type Method = { file: string; owner: ts.ClassDeclaration; method: ts.MethodDeclaration }

const findMethod = (project: Project, path: string): Method | null => {
  for (const { file, source } of codeFiles(project))
    for (const owner of nodesOf(source)) {
      if (!ts.isClassDeclaration(owner)) continue
      const prefix = pathOf(owner, 'Controller')
      if (prefix === null) continue
      for (const method of owner.members.filter(ts.isMethodDeclaration)) {
        const own = pathOf(method, 'Get')
        const whole = `/${[prefix, own].filter((part) => part !== '').join('/')}`.replaceAll('//', '/')
        if (own !== null && whole === path) return { file, owner, method }
      }
    }
  return null
}

/** The provider that holds the pool, where others of the project have it injected; its pool has to be public. */
const providerOf = (project: Project, { holder }: FoundPool): string | null => {
  const owner = holder.parent
  if (!ts.isPropertyDeclaration(holder) || !ts.isClassDeclaration(owner) || owner.name === undefined)
    return null
  const hidden = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword]
  if (holder.modifiers?.some(({ kind }) => hidden.includes(kind)) === true) return null
  const name = owner.name.text
  const isInjected = codeFiles(project).some(({ source }) =>
    new RegExp(`constructor\\([^)]*:\\s*${name}\\b`).test(source.text),
  )
  return isInjected ? name : null
}

const inject = (edit: Edit, { owner }: Method, provider: string): string | null => {
  if (owner.members.some(ts.isConstructorDeclaration)) return null
  const name = `${provider[0]?.toLowerCase()}${provider.slice(1)}`
  const [first] = owner.members
  if (first === undefined) return null
  edit.before(first, `constructor(private readonly ${name}: ${provider}) {}`, { gap: true, members: true })
  return name
}

/** A controller of NestJS gets the pool's provider injected, and asks it first. */
export const mendController = (project: Project, edits: Edits, path: string, pool: FoundPool): void => {
  const found = findMethod(project, path)
  const provider = found === null ? null : providerOf(project, pool)
  const edit = found === null ? null : edits.of(found.file)
  const [first] = found?.method.body?.statements ?? []
  if (found === null || provider === null || edit === null || first === undefined) return
  if (found.method.type !== undefined) return
  const name = inject(edit, found, provider)
  if (name === null) return
  addImport(edit, { from: '@nestjs/common', name: 'ServiceUnavailableException' })
  addImport(edit, { from: specifierOf(edit, pool.file), name: provider })
  const asked = pool.name.replace(/^this\./, `this.${name}.`)
  edit.before(
    first,
    [
      'try {',
      `  await ${asked}.query('SELECT 1')`,
      '} catch {',
      "  throw new ServiceUnavailableException('no database')",
      '}',
    ].join('\n'),
  )
  const isAsync = found.method.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true
  if (!isAsync) edit.insert(found.method.name.getStart(edit.source), 'async ')
}
