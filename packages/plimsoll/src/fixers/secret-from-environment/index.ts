import ts from 'typescript'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import type { Project } from '../../instruments/source/project.ts'
import { around } from '../../instruments/source/script-nodes.ts'
import { codeFiles } from '../code-files.ts'
import { defineFixer } from '../define.ts'
import { type Edits, openEdits, patchOf } from '../patch-of.ts'
import { findFallbacks } from './find-fallbacks.ts'

/** The statement around a node that stands in a file or a block. */
const statementOf = (node: ts.Node): ts.Statement | null => {
  for (const at of around(node))
    if (ts.isStatement(at) && (ts.isBlock(at.parent) || ts.isSourceFile(at.parent))) return at
  return null
}

const EXAMPLES = ['.env.example', '.env.sample', '.env.template', '.env.dist']

/** Whoever sets the app up is told of it where the other variables stand. */
const addExample = (project: Project, edits: Edits, name: string) => {
  const file = EXAMPLES.find((one) => project.exists(one))
  const text = file === undefined ? null : project.text(file)
  if (file === undefined || text === null || new RegExp(`^\\s*#?\\s*(?:export )?${name}=`, 'm').test(text))
    return
  edits.create(file, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${name}=\n`)
}

/** TypeScript knows what was asked above as long as no function, class or pattern begins on the way. */
const isSeenFrom = (node: ts.Node, statement: ts.Statement): boolean => {
  if (ts.isBindingElement(node)) return false
  for (const at of around(node)) {
    if (ts.isFunctionLike(at) || ts.isClassLike(at)) return false
    if (at === statement) return true
  }
  return false
}

/** A variable of its own, whose type is known from what was asked above; false where it cannot be one. */
const takeOut = (edit: Edit, node: ts.BindingElement, statement: ts.Statement, read: string): boolean => {
  const { elements } = node.parent
  const [before, after] = [elements[elements.indexOf(node) - 1], elements[elements.indexOf(node) + 1]]
  if (!ts.isVariableStatement(statement) || (before === undefined && after === undefined)) return false
  const head = /^(?:export\s+)?(?:const|let|var)\b/.exec(edit.raw(statement))?.[0]
  if (
    head === undefined ||
    elements.some((one) => ts.isBindingElement(one) && one.dotDotDotToken !== undefined)
  )
    return false
  if (after === undefined) edit.overwrite(before?.end ?? node.pos, node.end, '')
  else edit.overwrite(node.getStart(edit.source), after.getStart(edit.source), '')
  edit.after(statement, `${head} ${edit.raw(node.name)} = ${read}`)
  return true
}

const refuseWithout = (edits: Edits, file: string, name: string): boolean => {
  const edit = edits.of(file)
  if (edit === null) return false
  const asked = new Set<ts.Statement>()
  for (const { node, read, from, to } of findFallbacks(edit.source, name)) {
    const statement = statementOf(node)
    if (statement === null) return false
    const isNarrowed = !edit.style.typescript || isSeenFrom(node, statement)
    if (!isNarrowed && ts.isBindingElement(node)) {
      if (!takeOut(edit, node, statement, read)) return false
    } else edit.overwrite(from, to, isNarrowed ? '' : ' as string')
    if (!asked.has(statement)) edit.before(statement, `if (!${read}) throw new Error('${name} is not set')`)
    asked.add(statement)
  }
  return asked.size > 0
}

/** **Contract:** reads, never writes; nothing where the fallback is not a literal beside the variable. */
export default defineFixer({
  id: 'secret-from-environment',
  title: 'Take secrets from the environment alone',
  repairs: ['default-secret'],
  propose: async (finding, source) => {
    const [, file = '', name = ''] = /^(.+): (\w+)$/.exec(finding.subject) ?? []
    if (!codeFiles(source).some((one) => one.file === file)) return []
    const edits = openEdits(source)
    if (!refuseWithout(edits, file, name)) return []
    addExample(source, edits, name)
    return patchOf(finding, 'secret-from-environment', `Do not start without ${name}`, edits)
  },
})
