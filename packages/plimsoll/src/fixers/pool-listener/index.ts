import ts from 'typescript'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import type { Project } from '../../instruments/source/project.ts'
import { callsOf, literalOf, methodOf, nameOf } from '../../instruments/source/script-nodes.ts'
import { codeFiles } from '../code-files.ts'
import { defineFixer } from '../define.ts'
import { type FoundPool, findPools } from '../find-pools.ts'
import { logOf } from '../log-of.ts'
import { openEdits, patchOf } from '../patch-of.ts'

const lastName = (name: string) => name.slice(name.lastIndexOf('.') + 1)

/** Whether somebody listens already, wherever that is written. */
const hears = (project: Project, pool: FoundPool, event: string): boolean =>
  codeFiles(project).some(({ source }) =>
    [...callsOf(source)].some(
      (call) =>
        ['on', 'once', 'addListener'].includes(methodOf(call)) &&
        literalOf(call.arguments?.[0]) === event &&
        lastName(nameOf(call.expression).replace(/\.\w+$/, '')) === lastName(pool.name),
    ),
  )

const listenersOf = (project: Project, pool: FoundPool, inUse: boolean): string[] => {
  const log = logOf(pool.source)
  const idle = `${pool.name}.on('error', (error) => ${log}.error('idle connection lost:', error.message))`
  const taken = [
    `${pool.name}.on('connect', (client) => {`,
    `  client.on('error', (error) => ${log}.error('connection lost:', error.message))`,
    '})',
  ].join('\n')
  return [
    ...(hears(project, pool, 'error') ? [] : [idle]),
    ...(inUse && pool.kind === 'Pool' && !hears(project, pool, 'connect') ? [taken] : []),
  ]
}

/** A pool that is a property is listened to from the constructor of its class. */
const addToClass = (edit: Edit, { holder }: FoundPool, code: string) => {
  if (!ts.isPropertyDeclaration(holder) || !ts.isClassDeclaration(holder.parent)) return
  const made = holder.parent.members.find(ts.isConstructorDeclaration)
  if (made === undefined) {
    const inner = code.replaceAll('\n', '\n  ')
    edit.after(holder, `constructor() {\n  ${inner}\n}`, { gap: true, members: true })
    return
  }
  const last = made.body?.statements.at(-1)
  if (last !== undefined) edit.after(last, code)
}

/** Below the listeners that are there. */
const lastOf = ({ holder, name }: FoundPool): ts.Node => {
  const { parent } = holder
  if (ts.isPropertyDeclaration(holder) || !(ts.isSourceFile(parent) || ts.isBlock(parent))) return holder
  const beside = parent.statements.slice(parent.statements.indexOf(holder) + 1)
  const end = beside.findIndex((one) => !one.getText().startsWith(`${name}.on(`))
  return beside[(end === -1 ? beside.length : end) - 1] ?? holder
}

const isInUse = (title: string) => !/restarts/.test(title)

/** A class that extends another must call its constructor first, which is not known here. */
const canListen = ({ holder }: FoundPool) =>
  !ts.isPropertyDeclaration(holder) ||
  (ts.isClassDeclaration(holder.parent) &&
    holder.parent.heritageClauses?.some(({ token }) => token === ts.SyntaxKind.ExtendsKeyword) !== true)

/** **Contract:** reads, never writes; nothing where every pool has its listener. */
export default defineFixer({
  id: 'pool-listener',
  title: 'Listen for errors of the connections to the database',
  repairs: ['crash-on-store-loss', 'store-errors'],
  propose: async (finding, source) => {
    if (!/: (?:survival|process after an error)$/.test(finding.subject)) return []
    const edits = openEdits(source)
    for (const pool of findPools(source).filter(canListen)) {
      const edit = edits.of(pool.file)
      const code = listenersOf(source, pool, isInUse(finding.title)).join('\n')
      if (edit === null || code === '') continue
      if (ts.isPropertyDeclaration(pool.holder)) addToClass(edit, pool, code)
      else edit.after(lastOf(pool), code)
    }
    return patchOf(finding, 'pool-listener', 'Log errors of lost connections instead of dying of them', edits)
  },
})
