import ts from 'typescript'
import { parseScript } from '../../../instruments/source/parse-script.ts'
import { evenSpaces, type TestCase } from './case-of-test.ts'
import { type Declared, declaredIn, weigh } from './weigh-assertions.ts'

type Mood = { skipped: boolean; only: boolean }

const GROUPS = new Set(['describe', 'suite', 'context', 'xdescribe', 'fdescribe', 'xcontext'])
const TESTS = new Set(['test', 'it', 'specify', 'xit', 'xtest', 'fit', 'xspecify'])

/** The words of a callee: `test.skip.each` gives `test`, `skip`, `each`; null for anything else. */
const wordsOf = (node: ts.Expression): string[] | null => {
  if (ts.isIdentifier(node)) return [node.text]
  if (ts.isCallExpression(node) || ts.isTaggedTemplateExpression(node))
    return wordsOf(ts.isCallExpression(node) ? node.expression : node.tag)
  const inside = ts.isPropertyAccessExpression(node) ? wordsOf(node.expression) : null
  return inside === null || !ts.isPropertyAccessExpression(node) ? null : [...inside, node.name.text]
}

const moodOfWords = (words: readonly string[]): Mood => ({
  skipped:
    /^x/.test(words[0] ?? '') || words.some((word) => ['skip', 'todo', 'fails', 'failing'].includes(word)),
  only: /^f/.test(words[0] ?? '') || words.includes('only'),
})

/** `{ skip: true }` among the arguments, as Node's own runner and Vitest take it. */
const moodOfOptions = (args: readonly ts.Expression[]): Mood => {
  const given = args.flatMap((one) => (ts.isObjectLiteralExpression(one) ? one.properties : []))
  const isSet = (name: string) =>
    given.some(
      (one) =>
        ts.isPropertyAssignment(one) &&
        one.name.getText() === name &&
        one.initializer.kind !== ts.SyntaxKind.FalseKeyword,
    )
  return { skipped: isSet('skip') || isSet('todo'), only: isSet('only') }
}

const functionIn = (args: readonly ts.Expression[]) =>
  args.find((one): one is ts.ArrowFunction | ts.FunctionExpression => ts.isFunctionLike(one))

/** It leaves before it asserts anything: `return` or `t.skip()` first. */
const leavesAtOnce = (body: ts.Node | undefined): boolean => {
  if (body === undefined || !ts.isBlock(body)) return false
  const [first] = body.statements
  if (first === undefined) return false
  if (ts.isReturnStatement(first)) return first.expression === undefined
  return ts.isExpressionStatement(first) && /^[\w.]+\.(?:skip|todo)\(/.test(first.getText())
}

const rowsOf = (callee: ts.Expression): number => {
  if (!ts.isCallExpression(callee)) return 1
  const [table] = callee.arguments
  return table !== undefined && ts.isArrayLiteralExpression(table) ? Math.max(1, table.elements.length) : 1
}

const titleOf = (args: readonly ts.Expression[]) => {
  const [first] = args
  if (first === undefined) return ''
  return ts.isStringLiteralLike(first) ? first.text : evenSpaces(first.getText()).slice(0, 120)
}

type Reading = { file: string; source: ts.SourceFile; declared: Declared; cases: TestCase[] }

const readTest = (reading: Reading, node: ts.CallExpression, groups: readonly string[], mood: Mood) => {
  const { file, source, declared } = reading
  const body = functionIn(node.arguments)
  const { weight, calls } =
    body === undefined ? { weight: 0, calls: new Set<string>() } : weigh(body, declared)
  reading.cases.push({
    file,
    line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
    title: [...groups, titleOf(node.arguments)].join(' › '),
    skipped: mood.skipped || leavesAtOnce(body?.body),
    only: mood.only,
    weight,
    times: rowsOf(node.expression),
    body: body === undefined ? '' : evenSpaces(body.getText(source)),
    calls,
  })
}

/** Every test that a script declares. */
export const readScriptTests = (file: string, text: string): TestCase[] => {
  const { source } = parseScript(file, text)
  const reading: Reading = { file, source, declared: declaredIn(source), cases: [] }
  const visit = (node: ts.Node, groups: readonly string[], mood: Mood): void => {
    const words = ts.isCallExpression(node) ? wordsOf(node.expression) : null
    const [first = ''] = words ?? []
    const told =
      ts.isCallExpression(node) &&
      words !== null &&
      node.arguments.length > 0 &&
      (functionIn(node.arguments) !== undefined || words.includes('todo') || words.includes('skip'))
    if (!told || !(GROUPS.has(first) || TESTS.has(first) || words.at(-1) === 'test')) {
      ts.forEachChild(node, (child) => visit(child, groups, mood))
      return
    }
    const [own, options] = [moodOfWords(words), moodOfOptions(node.arguments)]
    const all = {
      skipped: mood.skipped || own.skipped || options.skipped,
      only: mood.only || own.only || options.only,
    }
    const isGroup = GROUPS.has(first) || words.includes('describe')
    const body = isGroup ? functionIn(node.arguments) : undefined
    if (!isGroup) readTest(reading, node, groups, all)
    else if (body !== undefined) visit(body.body, [...groups, titleOf(node.arguments)], all)
  }
  visit(source, [], { skipped: false, only: false })
  return reading.cases
}
