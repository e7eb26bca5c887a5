import type { Node } from 'web-tree-sitter'
import { loadGrammars } from '../../../instruments/source/load-grammars.ts'
import { ASSERTING, evenSpaces, type TestCase } from './case-of-test.ts'

const children = (node: Node) => node.namedChildren.filter((child) => child !== null)

const SKIPPED = /\b(?:skip|skipif|skipIf|skipUnless|xfail|expectedFailure)\b/
const ASSERTION = /^(?:self\.(?:assert\w+|fail)|pytest\.(?:raises|warns|approx)|assert_\w+)$/

const functionsIn = (root: Node): Map<string, Node> =>
  new Map(
    root
      .descendantsOfType('function_definition')
      .flatMap((node): [string, Node][] =>
        node === null ? [] : [[node.childForFieldName('name')?.text ?? '', node]],
      ),
  )

const isTrivial = (node: Node) => /^assert (?:True|1|not False|1 == 1)$/.test(node.text)

const weigh = (start: Node, functions: ReadonlyMap<string, Node>, depth = 0) => {
  let weight = 0
  const calls = new Set<string>()
  for (const node of start.descendantsOfType(['assert_statement', 'call'])) {
    if (node === null) continue
    if (node.type === 'assert_statement') {
      weight += isTrivial(node) ? 0 : 1
      continue
    }
    const callee = node.childForFieldName('function')?.text ?? ''
    const name = callee.replace(/^self\./, '')
    const inside = functions.get(name)
    if (ASSERTION.test(callee)) weight += 1
    else if (inside !== undefined && depth < 4) {
      const own = weigh(inside, functions, depth + 1)
      weight += own.weight
      for (const call of own.calls) calls.add(call)
    } else if (/^\w+$/.test(callee)) {
      calls.add(callee)
      weight += ASSERTING.test(callee) ? 1 : 0
    }
  }
  return { weight, calls }
}

const leavesAtOnce = (body: Node | null): boolean => {
  const first = body === null ? undefined : children(body).find(({ type }) => type !== 'comment')
  if (first === undefined) return false
  const bare = first.type === 'return_statement' && first.namedChildCount === 0
  return bare || first.type === 'pass_statement' || /^pytest\.(?:skip|xfail)\(/.test(first.text)
}

/** Every test that a Python module declares; empty where no grammar can be had. */
export const readPythonTests = async (file: string, text: string): Promise<TestCase[]> => {
  const parse = (await loadGrammars([file])).get('python')
  const root = parse?.(text)?.rootNode
  if (root === undefined) return []
  const functions = functionsIn(root)
  const cases: TestCase[] = []
  const visit = (node: Node, groups: readonly string[], above: boolean): void => {
    const decorated = node.type === 'decorated_definition'
    const definition = decorated ? node.childForFieldName('definition') : node
    const marks = decorated
      ? children(node)
          .filter(({ type }) => type === 'decorator')
          .map((one) => one.text)
      : []
    const skipped = above || marks.some((mark) => SKIPPED.test(mark))
    const name = definition?.childForFieldName('name')?.text ?? ''
    const body = definition?.childForFieldName('body') ?? null
    if (definition?.type === 'class_definition' && body !== null) {
      for (const child of children(body)) visit(child, [...groups, name], skipped)
    } else if (definition?.type === 'function_definition' && name.startsWith('test')) {
      cases.push({
        ...{ file, line: definition.startPosition.row + 1, title: [...groups, name].join(' › ') },
        ...{ skipped: skipped || leavesAtOnce(body), only: false, times: 1 },
        body: evenSpaces(body?.text ?? ''),
        ...weigh(definition, functions),
      })
    }
  }
  const marked = /^pytestmark\s*=.*\b(?:skip|xfail)\b/m.test(text)
  for (const child of children(root)) visit(child, [], marked)
  return cases
}
