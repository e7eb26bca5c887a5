import { expect, test } from 'vitest'
import { readFixture } from '../read-fixture.ts'

const commandsOf = async (manifest: object, files: Record<string, string | object>) => {
  const read = await readFixture({ 'package.json': { name: 'app', ...manifest }, ...files })
  const facts = read.of('.')
  return {
    entry: facts.entry,
    build: facts.build?.command ?? null,
    start: facts.start.map((one) => one.command),
    guessed: facts.guessedStart?.map((one) => one.command),
  }
}

test('scripts that serve come first, those that watch last, those of a front end not at all', async () => {
  expect(
    await commandsOf(
      {
        main: 'lib/server.js',
        scripts: {
          dev: 'nodemon .',
          start: 'node .',
          'start:prod': 'NODE_ENV=production node .',
          serve: 'vite preview',
          test: 'x',
        },
      },
      { 'lib/server.js': 'app.listen(1)' },
    ),
  ).toEqual({
    entry: 'lib/server.js',
    build: null,
    start: ['npm run start:prod', 'npm start', 'npm run dev'],
    guessed: ['node lib/server.js'],
  })
})

test('TypeScript that runs from a folder of output is built first', async () => {
  expect(
    await commandsOf(
      {
        scripts: {
          build: 'nest build',
          start: 'nest start',
          'start:dev': 'nest start --watch',
          'start:prod': 'node dist/main',
        },
      },
      {
        'src/main.ts': 'await app.listen(3000)',
        'tsconfig.json': '{ "compilerOptions": { "outDir": "./dist" } }',
      },
    ),
  ).toEqual({
    entry: 'src/main.ts',
    build: 'npm run build',
    start: ['npm run start:prod', 'npm start', 'npm run start:dev'],
    guessed: ['node dist/main.js'],
  })
  expect(
    await commandsOf(
      { scripts: { start: 'node build/index.js' }, devDependencies: { typescript: '5' } },
      { 'src/index.ts': 'app.listen(3000)', 'tsconfig.json': '{ "compilerOptions": { "outDir": "build" } }' },
    ),
  ).toMatchObject({ entry: 'src/index.ts', build: 'npx tsc', start: ['npm start'] })
})

test('TypeScript that a runner executes needs no build', async () => {
  expect(
    await commandsOf(
      { scripts: { start: 'tsx src/server.ts' }, dependencies: { tsx: '4' } },
      { 'src/server.ts': 'app.listen(3000)' },
    ),
  ).toEqual({ entry: 'src/server.ts', build: null, start: ['npm start'], guessed: ['npx tsx src/server.ts'] })
})

test('without scripts the file that listens is the entry', async () => {
  expect(
    await commandsOf({}, { 'index.js': `module.exports = {}`, 'app.js': 'app.listen(3000)' }),
  ).toMatchObject({ entry: 'app.js', start: [], guessed: ['node app.js'] })
})

test('the Node version comes from engines, else from the files of version managers', async () => {
  const wanted = async (manifest: object, files: Record<string, string>) =>
    (await readFixture({ 'package.json': { name: 'app', ...manifest }, 'a.js': '', ...files })).of('.')
      .runtime.wanted
  expect(await wanted({ engines: { node: '>=20' } }, { '.nvmrc': 'v18' })).toBe('>=20')
  expect(await wanted({ volta: { node: '22.1.0' } }, {})).toBe('22.1.0')
  expect(await wanted({}, { '.nvmrc': 'v18.2\n' })).toBe('18.2')
  expect(await wanted({}, { '.node-version': '21\n' })).toBe('21')
  expect(await wanted({}, {})).toBe(null)
})
