import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { families } from '../../scripts/catalogue/families.ts'
import { copyRepository } from '../support/copy-repository.ts'

let copy: ReturnType<typeof copyRepository>
beforeAll(() => {
  copy = copyRepository()
})
afterAll(() => copy.remove())

/** One word, several words, and a name long enough that lines of the templates must be wrapped. */
const IDS: Readonly<Record<string, string>> = {
  standards: 'reliability.tides',
  experiments: 'survives-a-very-long-night-at-anchor-without-any-wind',
  inspections: 'bilge-water',
  commands: 'new',
}
const idOf = (family: string) => IDS[family] ?? 'harbour'

const run = (program: string, ...words: string[]) => {
  const path = join(copy.dir, 'node_modules/.bin', program)
  const env = { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' }
  const { status, stdout, stderr } = spawnSync(path, words, { cwd: copy.dir, encoding: 'utf8', env })
  return { status, text: `${stdout}${stderr}` }
}

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), failureMessages: z.array(z.string()) })),
    }),
  ),
})

test('one member of each family is made, and nothing else is touched but what is generated', () => {
  for (const family of families) {
    const made = run('jiti', 'scripts/new.ts', family, idOf(family))
    expect(made.status, made.text).toBe(0)
  }
  const expected = [
    ...families.flatMap((family) => [
      ` M packages/plimsoll/src/${family}/catalogue.generated.ts`,
      `?? packages/plimsoll/src/${family}/${idOf(family)}/`,
    ]),
    ' M packages/plimsoll/assets/explanations.json',
    ...['experiments', 'inspections'].map((family) => `?? specimens/express/${idOf(family)}/`),
  ]
  expect(copy.status().sort()).toEqual(expected.sort())
})

test('every new member compiles and is formatted', () => {
  const types = run('tsc', '--noEmit', '-p', 'tsconfig.json')
  expect(types.text).toBe('')
  const folders = families.map((family) => `packages/plimsoll/src/${family}/${idOf(family)}`)
  const format = run('biome', 'check', ...folders, 'specimens/express')
  expect(format.status, format.text).toBe(0)
})

test('the house has nothing to say about them', () => {
  const house = run('vitest', 'run', '--project', 'house')
  expect(house.status, house.text).toBe(0)
})

test("every new member's test fails, and says what to write", () => {
  const folders = families.map((family) => `packages/plimsoll/src/${family}/${idOf(family)}/`)
  mkdirSync(join(copy.dir, '.cache'), { recursive: true })
  const report = '.cache/unit.json'
  const words = ['run', '--project', 'unit', '--reporter=json', `--outputFile=${report}`, ...folders]
  const { text } = run('vitest', ...words)
  const { testResults } = Report.parse(JSON.parse(readFileSync(join(copy.dir, report), 'utf8')))
  expect(testResults.length, text).toBe(families.length)
  for (const { name, message, assertionResults } of testResults) {
    expect(message, `${name} does not load`).toBe('')
    const failures = assertionResults.flatMap(({ failureMessages }) => failureMessages)
    expect(failures.join('\n'), name).toMatch(/\b(write|put|let|give)\b/i)
  }
})

test.each([
  [[], 'Give a family and an id'],
  [['ships', 'harbour'], 'No family is called "ships". There are: languages, '],
  [['experiments', 'Full_Disk'], '"Full_Disk" is no id.'],
  [['experiments', '../outside'], '"../outside" is no id.'],
  [['standards', 'speed.of-light'], '"speed.of-light" is no id of a standard.'],
  [['experiments', 'slow-store'], 'packages/plimsoll/src/experiments/slow-store is there already.'],
])('new %j is refused in one sentence', (words, sentence) => {
  const before = copy.status()
  const { status, text } = run('jiti', 'scripts/new.ts', ...words)
  expect(status).toBe(2)
  expect(text).toContain(sentence)
  expect(text.trim().split('\n')).toHaveLength(1)
  expect(copy.status()).toEqual(before)
})
