import type ts from 'typescript'
import type { Node } from 'web-tree-sitter'
import { z } from 'zod'
import type { Project } from '../instruments/source/project.ts'
import { lineOf } from '../instruments/source/script-nodes.ts'
import type { System } from '../model/system.ts'
import { notApplicable, proven } from '../model/verdict.ts'
import { defineInspection, type Inspection } from './define.ts'
import { isShipped } from './purpose-of-code.ts'
import { pythonScopeOf } from './python-nodes.ts'
import { type RoutePlaces, routePlaces, scopeOf } from './scope-of.ts'
import { judgeWeaknesses, type Kinds, Weakness } from './weakness.ts'

/** Something in a file that is one of the inspection's kinds. */
export type Sighting<At> = {
  kind: string
  /** what it is about, in a word; also the subject where it stands outside of every function */
  name: string
  node: At
  /** where else it is caused, in the same file */
  causes?: readonly At[]
  /** names the subject instead of the function around it */
  scope?: string
  /** instead of the line, where the line holds a secret */
  excerpt?: string
}

export type Script = { file: string; text: string; source: ts.SourceFile; project: Project }
export type Python = { file: string; text: string; root: Node; project: Project }

type Reading = {
  id: string
  title: string
  standard: string
  kinds: Kinds
  /** a file without such a word is not parsed */
  mayHold: RegExp
  script?(script: Script): Iterable<Sighting<ts.Node>>
  python?(python: Python): Iterable<Sighting<Node>>
  /** what the survey already knows, and no single file tells */
  survey?(system: System, project: Project): Iterable<Weakness>
  /** title of the verdict where there is nothing to say against the code */
  clean: string
  notCovered: readonly string[]
}

const Seen = z.object({
  /** files that the backend runs, and were read */
  files: z.number().int(),
  /** the time ran out before these */
  unread: z.number().int(),
  weaknesses: z.array(Weakness),
})
type Seen = z.infer<typeof Seen>

const EXCERPT_CHARACTERS = 160
const CODE = /\.(?:[cm]?[jt]s|py)$/

const lineAt = (text: string, line: number) =>
  (text.split('\n', line)[line - 1] ?? '').trim().slice(0, EXCERPT_CHARACTERS)

type Position = { file: string; text: string; line: number; scope: string; causes: readonly number[] }

const weaknessAt = (
  { kind, name, excerpt }: Pick<Sighting<unknown>, 'kind' | 'name' | 'excerpt'>,
  { file, text, line, scope, causes }: Position,
): Weakness => {
  const also = [...new Set(causes)].filter((other) => other !== line).map((other) => ({ file, line: other }))
  return { kind, name, scope, place: { file, line }, also, excerpt: excerpt ?? lineAt(text, line) }
}

const readScript = (reading: Reading, script: Script, places: RoutePlaces): Weakness[] => {
  const { file, text, source } = script
  return [...(reading.script?.(script) ?? [])].map((one) => {
    const scope = one.scope ?? scopeOf(one.node, { file, source, places, otherwise: one.name })
    const causes = (one.causes ?? []).map((node) => lineOf(source, node))
    return weaknessAt(one, { file, text, line: lineOf(source, one.node), scope, causes })
  })
}

const readPython = (reading: Reading, python: Python, places: RoutePlaces): Weakness[] => {
  const { file, text } = python
  return [...(reading.python?.(python) ?? [])].map((one) => {
    const scope = one.scope ?? pythonScopeOf(one.node, { file, places, otherwise: one.name })
    const causes = (one.causes ?? []).map((node) => node.startPosition.row + 1)
    return weaknessAt(one, { file, text, line: one.node.startPosition.row + 1, scope, causes })
  })
}

const readFile = (reading: Reading, project: Project, file: string, places: RoutePlaces): Weakness[] => {
  const text = project.text(file)
  if (text === null || !reading.mayHold.test(text)) return []
  if (file.endsWith('.py')) {
    const tree = reading.python === undefined ? null : project.tree(file, 'python')
    return tree === null ? [] : readPython(reading, { file, text, root: tree.rootNode, project }, places)
  }
  const source = project.script(file)
  return source === null ? [] : readScript(reading, { file, text, source, project }, places)
}

/**
 * An inspection that reads code file by file, in JavaScript, TypeScript and, where it says how, Python.
 *
 * **Contract:** stops between two files when the signal aborts, and says how many were left.
 */
export const defineReading = (reading: Reading): Inspection =>
  defineInspection<Seen>({
    id: reading.id,
    title: reading.title,
    standard: reading.standard,
    observes: Seen,
    async inspect(system, project, { signal }) {
      const places = routePlaces(system)
      const reads = (file: string) =>
        CODE.test(file) && isShipped(file) && (reading.python !== undefined || !file.endsWith('.py'))
      const files = project.files.filter(reads)
      const seen: Seen = { files: 0, unread: files.length, weaknesses: [] }
      seen.weaknesses.push(...(reading.survey?.(system, project) ?? []))
      for (const file of files) {
        if (signal.aborted) break
        seen.weaknesses.push(...readFile(reading, project, file, places))
        seen.files += 1
        seen.unread -= 1
      }
      return seen
    },
    judge({ files, unread, weaknesses }) {
      const rest = unread > 0 ? [`${unread} files: the time ran out`] : []
      const notCovered = [...rest, ...reading.notCovered]
      const subject = 'code of the backend'
      if (files === 0 && unread === 0)
        return [
          notApplicable({
            ...{ subject, notCovered, title: 'There is no code to read' },
            detail: 'no file in a language that this inspection reads',
          }),
        ]
      const found = judgeWeaknesses(weaknesses, reading.kinds)
      if (found.length > 0) return found
      return [proven({ subject, notCovered, title: reading.clean, detail: `${files} files read` })]
    },
  })
