import { isScript } from '../../../instruments/source/parse-script.ts'
import type { Weakened } from '../obligation.ts'
import { labelOf, routesOf } from '../reach/route-spans.ts'
import type { Start } from '../trees/start.ts'
import type { TestCase } from './case-of-test.ts'
import type { GateChange, Judged } from './find-weakened.ts'
import { takeGates } from './gate-files.ts'
import { readPythonTests } from './read-python-tests.ts'
import { readScriptTests } from './read-script-tests.ts'

const readTests = async (file: string, text: string | null): Promise<TestCase[]> => {
  if (text === null) return []
  if (isScript(file)) return readScriptTests(file, text)
  return file.endsWith('.py') ? readPythonTests(file, text) : []
}

type Pair = { before: TestCase; after: TestCase }

const lastOf = (title: string) => title.split(' › ').at(-1)

/** Ways in which one test may be another one later, the surest first. */
const SAME: readonly ((before: TestCase, after: TestCase) => boolean)[] = [
  (a, b) => a.file === b.file && a.title === b.title,
  (a, b) => a.title === b.title,
  (a, b) => a.body !== '' && a.body === b.body,
  (a, b) => a.file === b.file && lastOf(a.title) === lastOf(b.title),
  (a, b) => a.file === b.file && b.weight >= a.weight && !b.skipped,
]

/** Each test with what became of it. A table of several rows may stand for several. */
const pairUp = (before: readonly TestCase[], after: readonly TestCase[]) => {
  const pairs: Pair[] = []
  const left = after.map((test) => ({ test, room: test.times }))
  let open = [...before]
  for (const same of SAME) {
    open = open.filter((test) => {
      const found = left.find(({ test: other, room }) => room > 0 && same(test, other))
      if (found === undefined) return true
      found.room = found.test.title === test.title ? 0 : found.room - 1
      pairs.push({ before: test, after: found.test })
      return false
    })
  }
  return { pairs, gone: open }
}

const at = ({ file, line }: TestCase) => ({ file, line })
const quoted = ({ title }: TestCase) => `"${title.length > 80 ? `${title.slice(0, 79)}…` : title}"`

const mayAssertElsewhere = ({ before, after }: Pair) =>
  [...after.calls].some((call) => !before.calls.has(call))

const weakerPair = (pair: Pair): Weakened | null => {
  const { before, after } = pair
  const said = (how: string): Weakened => ({ file: after.file, kind: 'test', how, place: at(after) })
  if (after.skipped && !before.skipped) return said(`a test was skipped: ${quoted(after)}`)
  const fewer = before.weight - after.weight
  if (after.skipped || fewer <= 0 || mayAssertElsewhere(pair)) return null
  if (after.weight * after.times >= before.weight * before.times) return null
  return said(`${fewer} ${fewer === 1 ? 'assertion' : 'assertions'} fewer in ${quoted(after)}`)
}

/** A test of an operation that is gone has nothing left to test. */
const goneRoutes = (start: Start, now: Judged): string[] => {
  const left = new Set(routesOf(now.system).map(labelOf))
  return routesOf(start.system)
    .filter((route) => !left.has(labelOf(route)))
    .map(({ path }) => path.replace(/\/:\w+/g, '').replace(/\/\*$/, ''))
    .filter((path) => path.length > 1)
}

const tellGone = (gone: readonly TestCase[], now: Judged): Weakened[] => {
  const byFile = new Map<string, TestCase[]>()
  for (const test of gone) byFile.set(test.file, [...(byFile.get(test.file) ?? []), test])
  return [...byFile].map(([file, tests]) => {
    const names = tests.slice(0, 3).map(quoted).join(', ')
    const count = tests.length === 1 ? 'a test was deleted' : `${tests.length} tests were deleted`
    const how = now.hashes.has(file) ? `${count}: ${names}` : `deleted, with ${names}`
    return { file, kind: 'test', how, place: null }
  })
}

/** Tests that were there and are gone, skipped, or assert less. */
export const weakenedTests = async (
  start: Start,
  now: Judged,
  changes: readonly GateChange[],
): Promise<Weakened[]> => {
  const touched = changes.filter(({ kind }) => kind === 'test')
  if (touched.length === 0) return []
  const known = new Set(start.gates.map(({ file }) => file))
  const fresh = takeGates(now).filter(({ file, kind }) => kind === 'test' && !known.has(file))
  const before: TestCase[] = []
  const after: TestCase[] = []
  for (const { file, before: text } of touched) before.push(...(await readTests(file, text)))
  for (const { file, after: text } of touched) after.push(...(await readTests(file, text)))
  for (const { file } of fresh) after.push(...(await readTests(file, now.project.text(file))))
  const { pairs, gone } = pairUp(before, after)
  const routes = goneRoutes(start, now)
  const missed = gone.filter(
    ({ skipped, weight, body, title }) =>
      !skipped && weight > 0 && !routes.some((path) => body.includes(path) || title.includes(path)),
  )
  const had = new Set(before.filter(({ only }) => only).map(({ file }) => file))
  const narrowed = after.find(({ only, file }) => only && !had.has(file))
  return [
    ...tellGone(missed, now),
    ...pairs.flatMap((pair) => weakerPair(pair) ?? []),
    ...(narrowed === undefined
      ? []
      : [
          {
            file: narrowed.file,
            kind: 'test' as const,
            how: `only ${quoted(narrowed)} and its like run: the others are left out`,
            place: at(narrowed),
          },
        ]),
  ]
}
