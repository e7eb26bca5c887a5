import { posix } from 'node:path'
import ts from 'typescript'
import type { Pattern } from '../../instruments/pattern/pattern.ts'
import type { Project } from '../../instruments/source/project.ts'
import type { SourcePlace } from '../../model/evidence.ts'
import type { Service } from '../../model/system.ts'
import { pythonPatterns } from './python-patterns.ts'

export type FoundPattern = Pattern & { place: SourcePlace; excerpt: string }

const SCRIPT = /\.[cm]?[jt]sx?$/
const PYTHON = /\.py$/
/** What is there is not what a request runs. */
const ELSEWHERE =
  /(?:^|\/)(?:tests?|__tests__|specs?|e2e|migrations?|seeds?|fixtures?|scripts?|public|static|client|frontend|dist|build)\/|[._-](?:test|spec|config|min)\.\w+$/i
/** A pattern has to repeat something twice, or a repetition, to backtrack by more than its text is long. */
const REPEATS = /[*+]|\{\d+,\d*\}/g
const MOST_CHARACTERS = 1_000
const MENTIONS = /new RegExp|RegExp\(|[=(,:[!&|?{};\n]\s*\/(?![/*])/

const PYTHON_MENTIONS = /\bre(?:gex)?\.|pattern|regex/i

const isOwn = (file: string) => (SCRIPT.test(file) || PYTHON.test(file)) && !ELSEWHERE.test(file)

const literalOf = (node: ts.Node): Pattern | null => {
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf('/')
    return { pattern: node.text.slice(1, end), flags: node.text.slice(end + 1) }
  }
  const isCall = ts.isNewExpression(node) || ts.isCallExpression(node)
  if (!isCall || !ts.isIdentifier(node.expression) || node.expression.text !== 'RegExp') return null
  const [pattern, flags] = node.arguments ?? []
  if (pattern === undefined || !ts.isStringLiteralLike(pattern)) return null
  return {
    pattern: pattern.text,
    flags: flags !== undefined && ts.isStringLiteralLike(flags) ? flags.text : '',
  }
}

const mayBacktrack = ({ pattern }: Pattern) =>
  pattern.length <= MOST_CHARACTERS && (pattern.match(REPEATS) ?? []).length > 0

const excerptAt = (lines: readonly string[], line: number) =>
  lines
    .slice(Math.max(0, line - 2), line + 2)
    .join('\n')
    .slice(0, 600)

const inPython = (project: Project, file: string): FoundPattern[] => {
  const text = project.text(file) ?? ''
  const tree = PYTHON_MENTIONS.test(text) ? project.tree(file, 'python') : null
  if (tree === null) return []
  const lines = text.split('\n')
  return pythonPatterns(tree.rootNode)
    .filter(({ pattern }) => mayBacktrack(pattern))
    .map(({ pattern, line }) => ({ ...pattern, place: { file, line }, excerpt: excerptAt(lines, line) }))
}

const inScript = (project: Project, file: string): FoundPattern[] => {
  const text = project.text(file)
  const source = text === null || !MENTIONS.test(text) ? null : project.script(file)
  if (source === null) return []
  const lines = (text ?? '').split('\n')
  const found: FoundPattern[] = []
  const visit = (node: ts.Node): void => {
    const pattern = literalOf(node)
    if (pattern !== null && mayBacktrack(pattern)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
      found.push({ ...pattern, place: { file, line }, excerpt: excerptAt(lines, line) })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const patternsIn = (project: Project, file: string): FoundPattern[] =>
  PYTHON.test(file) ? inPython(project, file) : inScript(project, file)

/** Patterns of a service's own source, each once; tests, tools and pages for browsers are left out. */
export const findPatterns = (project: Project, service: Pick<Service, 'dir'>): FoundPattern[] => {
  const dir = posix.normalize(service.dir)
  const seen = new Set<string>()
  return project.files
    .filter((file) => (dir === '.' || file.startsWith(`${dir}/`)) && isOwn(file))
    .flatMap((file) => patternsIn(project, file))
    .filter(({ pattern, flags }) => {
      const key = `${flags}/${pattern}`
      return !seen.has(key) && seen.add(key)
    })
}
