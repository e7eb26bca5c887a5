import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { routeOf } from '../../../../../../test/support/known-request.ts'
import type { Route } from '../../../model/system.ts'
import { standards } from '../../../standards/catalogue.generated.ts'
import { emptyStart, type Start } from '../trees/start.ts'
import { findWeakened, type Judged } from './find-weakened.ts'
import { takeGates } from './gate-files.ts'

type Files = Readonly<Record<string, string>>

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** Files as they lie in a repository, with the operations that its code serves. */
const treeOf = (files: Files, routes: readonly Route[]): Judged => {
  const { system } = emptyStart()
  const contracts = Object.keys(files)
    .filter((file) => file === 'openapi.yaml' && !files[file]?.includes('too deep'))
    .map((file) => ({ kind: 'openapi' as const, file, version: '3.1.0', operations: 1 }))
  const isRead = contracts.length > 0 || files['openapi.yaml'] === undefined
  const problems = isRead ? [] : [{ file: 'openapi.yaml', problem: 'a list in a map' }]
  return {
    hash: hashOf(JSON.stringify(files)),
    hashes: new Map(Object.entries(files).map(([file, text]) => [file, hashOf(text)])),
    system: { ...system, contracts, problems, services: [{ ...SERVICE, routes: [...routes] }] },
    project: { files: Object.keys(files), text: (file) => files[file] ?? null },
  }
}

const SERVICE: Judged['system']['services'][number] = {
  ...{ name: 'seats', dir: '.', language: 'javascript', framework: null, typescript: false },
  ...{
    runtime: { name: 'node', wanted: null },
    entry: null,
    build: null,
    start: [],
    test: null,
    scripts: {},
  },
  packages: { manager: 'npm', lockfile: null, install: null, installed: true },
  ...{ ports: [], env: [], stores: [], migrations: [], seeds: [], routes: [], unresolved: [] },
}

const startOf = (tree: Judged): Start => ({
  ...tree,
  guards: null,
  texts: new Map(tree.project.files.map((file) => [file, tree.project.text(file) ?? ''])),
  gates: takeGates(tree),
})

/** What is said when a repository with the first files becomes one with the second. */
const weakened = async (
  before: Files,
  after: Files,
  [served, left]: readonly [readonly Route[], readonly Route[]] = [[], []],
): Promise<string[]> => {
  const found = await findWeakened(startOf(treeOf(before, served)), treeOf(after, left), { standards })
  return found.map(({ file, how, place }) => `${file}${place === null ? '' : `:${place.line}`} ${how}`)
}

const spec = (...lines: string[]) =>
  `import { expect, test } from 'vitest'\nimport { book } from '../src/book.js'\n${lines.join('\n')}\n`
const BOOKS = `test('books a seat', async () => {
  const answer = await book(1)
  expect(answer.status).toBe(201)
  expect(answer.body.seat).toBe(1)
})`
const REFUSES = `test('refuses a seat that is taken', async () => {
  expect((await book(1)).status).toBe(409)
})`
const T = 'test/book.test.js'

test.each<[string, string | null, string | null, string[]]>(
  [
    [
      'a test is deleted',
      spec(BOOKS, REFUSES),
      spec(BOOKS),
      [`${T} a test was deleted: "refuses a seat that is taken"`],
    ],
    ['the file is deleted', spec(BOOKS), null, [`${T} deleted, with "books a seat"`]],
    [
      'it is skipped',
      spec(BOOKS, REFUSES),
      spec(BOOKS, REFUSES.replace('test(', 'test.skip(')),
      [`${T}:8 a test was skipped: "refuses a seat that is taken"`],
    ],
    [
      'its group is skipped',
      spec(`describe('seats', () => {\n${REFUSES}\n})`),
      spec(`describe.skip('seats', () => {\n${REFUSES}\n})`),
      [`${T}:4 a test was skipped: "seats › refuses a seat that is taken"`],
    ],
    [
      'it leaves at once',
      spec(REFUSES),
      spec(REFUSES.replace('=> {', '=> {\n  return')),
      [`${T}:3 a test was skipped: "refuses a seat that is taken"`],
    ],
    [
      "it is skipped by an option of Node's runner",
      spec(REFUSES),
      spec(REFUSES.replace(', async', ', { skip: true }, async')),
      [`${T}:3 a test was skipped: "refuses a seat that is taken"`],
    ],
    [
      'it becomes a todo',
      spec(REFUSES),
      spec("test.todo('refuses a seat that is taken')"),
      [`${T}:3 a test was skipped: "refuses a seat that is taken"`],
    ],
    [
      'only one is left to run',
      spec(BOOKS, REFUSES),
      spec(BOOKS.replace('test(', 'test.only('), REFUSES),
      [`${T}:3 only "books a seat" and its like run: the others are left out`],
    ],
    [
      'it asserts less',
      spec(BOOKS),
      spec(BOOKS.replace('  expect(answer.body.seat).toBe(1)\n', '')),
      [`${T}:3 1 assertion fewer in "books a seat"`],
    ],
    [
      'what it asserts cannot fail',
      spec(REFUSES),
      spec(REFUSES.replace('expect((await book(1)).status).toBe(409)', 'expect(true).toBe(true)')),
      [`${T}:3 1 assertion fewer in "refuses a seat that is taken"`],
    ],
    // The innocent twins.
    ['a test is added', spec(BOOKS), spec(BOOKS, REFUSES), []],
    ['a skipped test is added', spec(BOOKS), spec(BOOKS, REFUSES.replace('test(', 'test.skip('))],
    ['a skipped test goes', spec(BOOKS, REFUSES.replace('test(', 'test.skip(')), spec(BOOKS), []],
    ['a test is turned on', spec(REFUSES.replace('test(', 'test.skip(')), spec(REFUSES), []],
    ['it gets another name', spec(BOOKS), spec(BOOKS.replace('books a seat', 'takes a seat')), []],
    [
      'it is told in other words',
      spec(REFUSES),
      spec(REFUSES.replace('async () => {', 'async () => {\n  // twice')),
      [],
    ],
    [
      'two assertions become one on an object',
      spec(BOOKS),
      spec(
        "test('books a seat', async () => {\n  expect(await book(1)).toMatchObject({ status: 201, body: { seat: 1 } })\n})",
      ),
      [],
    ],
    [
      'assertions move into a function of the file',
      spec(BOOKS),
      spec(
        "const booked = (answer, seat) => {\n  expect(answer.status).toBe(201)\n  expect(answer.body.seat).toBe(seat)\n}\ntest('books a seat', async () => booked(await book(1), 1))",
      ),
      [],
    ],
    [
      'assertions move into another file',
      spec(BOOKS),
      spec(
        "import { expectBooked } from './support.js'\ntest('books a seat', async () => expectBooked(await book(1), 1))",
      ),
      [],
    ],
    [
      'two tests become a table',
      spec(REFUSES, REFUSES.replace('taken', 'sold').replace('409', '410')),
      spec(
        "test.each([[1, 409], [2, 410]])('refuses %s', async (seat, status) => {\n  expect((await book(seat)).status).toBe(status)\n})",
      ),
      [],
    ],
    ['a helper without a test goes', 'export const one = 1\n', null, []],
  ].map(([name, before, after, said = []]): [string, string | null, string | null, string[]] => [
    String(name),
    before === null || before === undefined ? null : String(before),
    after === null || after === undefined ? null : String(after),
    [said].flat().map(String),
  ]),
)('tests: %s', async (_, before, after, said) => {
  expect(
    await weakened(before === null ? {} : { [T]: before }, after === null ? {} : { [T]: after }),
  ).toEqual(said)
})

test('a test that moved to another file is there', async () => {
  expect(
    await weakened({ [T]: spec(BOOKS, REFUSES) }, { [T]: spec(BOOKS), 'test/taken.test.js': spec(REFUSES) }),
  ).toEqual([])
  expect(await weakened({ [T]: spec(BOOKS) }, { 'test/seats.test.js': spec(BOOKS) })).toEqual([])
})

test('tests of an operation that is gone go with it', async () => {
  const own = spec("test('pings', async () => {\n  expect((await get('/ping')).status).toBe(200)\n})")
  const ping = routeOf('GET', '/ping')
  expect(await weakened({ [T]: own }, {}, [[ping], []])).toEqual([])
  expect(await weakened({ [T]: own }, {}, [[ping], [ping]])).toEqual([`${T} deleted, with "pings"`])
})

const PY = 'tests/test_book.py'
const python = `import pytest


def test_books():
    answer = book(1)
    assert answer.status == 201
    assert answer.seat == 1


class TestRefusals:
    def test_taken(self):
        with pytest.raises(Taken):
            book(1)
`

test.each<[string, string, string[]]>([
  ['nothing', python, []],
  [
    'a mark',
    python.replace('def test_books', '@pytest.mark.skip\ndef test_books'),
    [`${PY}:5 a test was skipped: "test_books"`],
  ],
  [
    'an expected failure',
    python.replace('    def test_taken', '    @pytest.mark.xfail(reason="later")\n    def test_taken'),
    [`${PY}:12 a test was skipped: "TestRefusals › test_taken"`],
  ],
  [
    'a call',
    python.replace('answer = book(1)', 'pytest.skip("slow")'),
    [`${PY}:4 a test was skipped: "test_books"`],
  ],
  [
    'less',
    python.replace('    assert answer.seat == 1\n', ''),
    [`${PY}:4 1 assertion fewer in "test_books"`],
  ],
  [
    'deleted',
    python.slice(0, python.indexOf('class')),
    [`${PY} a test was deleted: "TestRefusals › test_taken"`],
  ],
  ['more', `${python}\n\ndef test_more():\n    assert True is not None\n`, []],
  [
    'a function',
    python.replace(
      '    assert answer.status == 201\n    assert answer.seat == 1\n',
      '    is_booked(answer, 1)\n\n\ndef is_booked(answer, seat):\n    assert answer.status == 201\n    assert answer.seat == seat\n',
    ),
    [],
  ],
])('Python: %s', async (_, after, said) => {
  expect(await weakened({ [PY]: python }, { [PY]: after })).toEqual(said)
})

const CI = '.github/workflows/ci.yml'
const ci =
  'jobs:\n  test:\n    steps:\n      - run: npm ci\n      - run: npm test\n      - run: npm run lint\n'
const HOOKED = '{ "hooks": { "Stop": [{ "command": "npx -y plimsoll gate --hook claude-code" }] } }'
const OPENAPI = `openapi: 3.1.0
info: { title: Seats, version: 1.0.0 }
paths:
  /seats:
    get:
      responses:
        '200': { description: all, content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: integer } } } } } }
`

test.each<[string, string, string | null, string[]]>([
  [
    'vitest.config.ts',
    'export default defineConfig({ test: { coverage: { thresholds: { lines: 90 } } } })',
    'export default defineConfig({ test: { coverage: { thresholds: { lines: 60 } } } })',
    ['test.coverage.thresholds.lines 90 -> 60'],
  ],
  [
    'vitest.config.ts',
    'export default { test: { coverage: { thresholds: { lines: 90 } } } }',
    'export default { test: { retry: 2, coverage: { thresholds: { lines: 95 } } } }',
    [],
  ],
  [
    'package.json',
    '{ "jest": { "coverageThreshold": { "global": { "lines": 80 } } } }',
    '{ "jest": {} }',
    ['jest.coverageThreshold.global.lines 80 -> none'],
  ],
  [
    'package.json',
    '{ "scripts": { "test": "vitest run" } }',
    '{ "scripts": { "test": "vitest run || true" } }',
    ['the script test passes whatever happens: vitest run || true'],
  ],
  [
    'package.json',
    '{ "scripts": { "test": "echo \\"no tests\\"" } }',
    '{ "scripts": { "test": "vitest run", "lint": "eslint ." } }',
    [],
  ],
  [
    '.coveragerc',
    '[report]\nfail_under = 90\n',
    '[report]\nfail_under = 50\n',
    ['report.fail_under 90 -> 50'],
  ],
  [
    'plimsoll.config.json',
    '{}',
    '{ "standards": { "performance.query": 0.5, "integrity.acid": false } }',
    ['the standard integrity.acid was left out', 'performance.query: threshold 0.01 -> 0.5 proportion'],
  ],
  [
    'plimsoll.config.json',
    '{ "standards": { "integrity.acid": false } }',
    '{ "standards": { "performance.throughput": 5000 } }',
    [],
  ],
  [
    'plimsoll.config.json',
    '{}',
    '{ "failOn": "critical", "access": { "public": ["GET /seats"] } }',
    ['failOn low -> critical', 'GET /seats was declared open to everybody'],
  ],
  [CI, ci, ci.replace('npm test', 'npm test || true'), ['what fails may pass: - run: npm test || true']],
  [CI, ci, `${ci}        continue-on-error: true\n`, ['what fails may pass: continue-on-error: true']],
  [CI, ci, ci.replace('      - run: npm test\n', ''), ['a check was taken out: - run: npm test']],
  [CI, ci, null, ['deleted']],
  [CI, ci, ci.replace('npm test', 'npm run test:all').replace('npm ci', 'npm ci --ignore-scripts'), []],
  [CI, ci, `${ci}      - run: plimsoll prove\n`, []],
  ['.claude/settings.json', HOOKED, '{ "hooks": {} }', ['the stop hook was taken out']],
  [
    '.claude/settings.json',
    HOOKED,
    HOOKED.replace('{', '{ "disableAllHooks": true, '),
    ['all hooks were turned off'],
  ],
  ['.claude/settings.json', HOOKED, HOOKED.replace('{', '{ "model": "opus", '), []],
  [
    'tsconfig.json',
    '{ "compilerOptions": { "strict": true, "noUncheckedIndexedAccess": true } }',
    '{ "compilerOptions": { "strict": false } }',
    ['strict was turned off', 'noUncheckedIndexedAccess was turned off'],
  ],
  [
    'tsconfig.json',
    '{ "compilerOptions": { "noImplicitAny": true } }',
    '{ "compilerOptions": { "strict": true } }',
    [],
  ],
  [
    'biome.json',
    '{ "linter": { "rules": { "suspicious": { "noExplicitAny": "error" } } } }',
    '{ "linter": { "rules": { "suspicious": { "noExplicitAny": "off" } } } }',
    ['linter.rules.suspicious.noExplicitAny error -> off'],
  ],
  [
    'eslint.config.js',
    "export default [{ rules: { eqeqeq: 'error' } }]",
    "export default [{ rules: { eqeqeq: 'error', curly: 'warn' } }]",
    [],
  ],
  [
    'openapi.yaml',
    OPENAPI,
    OPENAPI.replace('required: [id], ', ''),
    ['GET /seats, response 200: id was always there, and may be missing now'],
  ],
  ['openapi.yaml', OPENAPI, OPENAPI.replace('1.0.0', '2.0.0').replace('required: [id], ', ''), []],
  [
    'openapi.yaml',
    OPENAPI,
    `${OPENAPI}  /venues:\n    get:\n      responses: { 200: { description: all } }\n`,
    [],
  ],
  ['openapi.yaml', OPENAPI, null, ['deleted']],
  ['openapi.yaml', OPENAPI, `${OPENAPI}   - [too deep\n`, ['can no longer be read: a list in a map']],
])('%s: case %#', async (file, before, after, said) => {
  expect(await weakened({ [file]: before }, after === null ? {} : { [file]: after })).toEqual(
    said.map((how) => `${file} ${how}`),
  )
})

const LOOSE = { standards: { 'integrity.acid': false } }
const APP = { 'app.js': '1' }

test.each<[string, Files, Files, string[]]>([
  [
    'made where there was none',
    APP,
    { ...APP, 'plimsoll.config.json': JSON.stringify(LOOSE) },
    ['plimsoll.config.json the standard integrity.acid was left out'],
  ],
  [
    'put over the one that was there',
    { ...APP, 'plimsoll.config.json': '{}' },
    {
      ...APP,
      'plimsoll.config.json': '{}',
      'plimsoll.config.mjs': `export default ${JSON.stringify(LOOSE)}`,
    },
    ['plimsoll.config.mjs the standard integrity.acid was left out'],
  ],
  [
    'put into the manifest',
    { 'package.json': '{}' },
    { 'package.json': JSON.stringify({ plimsoll: { failOn: 'critical' } }) },
    ['package.json failOn low -> critical'],
  ],
  [
    'moved',
    { 'package.json': JSON.stringify({ plimsoll: LOOSE }) },
    { 'package.json': '{}', 'plimsoll.config.json': JSON.stringify(LOOSE) },
    [],
  ],
  [
    'of a folder that is new',
    APP,
    { ...APP, 'api/package.json': '{}', 'api/plimsoll.config.json': JSON.stringify(LOOSE) },
    [],
  ],
  ['of a repository that is new', {}, { 'plimsoll.config.json': JSON.stringify(LOOSE) }, []],
])('our own configuration, %s', async (_, before, after, said) => {
  expect(await weakened(before, after)).toEqual(said)
})

test('what the configuration reads is a part of it', async () => {
  const config = "import { limits } from './checks/limits.js'\nexport default { standards: limits }\n"
  const before = { 'plimsoll.config.ts': config, 'checks/limits.ts': 'export const limits = {}\n' }
  const after = { ...before, 'checks/limits.ts': "export const limits = { 'integrity.acid': false }\n" }
  expect(await weakened(before, after)).toEqual([
    'checks/limits.ts plimsoll.config.ts reads it to say what counts as proven, and it is not what it was',
  ])
  expect(await weakened(before, { ...before, 'other.ts': '' })).toEqual([])
})
