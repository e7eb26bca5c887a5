import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planCommand } from './plan-command.ts'
import { splitChain, splitWords } from './split-words.ts'

describe('splitWords', () => {
  it.each([
    ['node server.js', ['node', 'server.js']],
    [`node -e "a b" 'c d'`, ['node', '-e', 'a b', 'c d']],
    [`node a\\ b ""`, ['node', 'a b', '']],
    ['node $PORT', null],
    ['node "$PORT"', null],
    ['node a | pino-pretty', null],
    ["node '$PORT'", ['node', '$PORT']],
    ['node "open', null],
  ])('%s', (line, words) => expect(splitWords(line)).toEqual(words))
})

it('splits a chain only outside quotes and parentheses', () => {
  expect(splitChain(`a "x && y" && (b && c) && d`)).toEqual(['a "x && y"', '(b && c)', 'd'])
})

describe('planCommand', () => {
  let dir = ''
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'plan-'))
    mkdirSync(join(dir, 'node_modules/.bin'), { recursive: true })
    writeFileSync(join(dir, 'node_modules/.bin/knex'), '')
    const scripts = {
      start: 'npm run serve -- --verbose',
      serve: 'cross-env NODE_ENV=production node "src/main.js"',
      prepared: 'node dist/main',
      preprepared: 'npm run build',
      build: 'tsc -p . && cp a b',
      piped: 'node . | pino-pretty',
    }
    writeFileSync(join(dir, 'package.json'), JSON.stringify({ scripts }))
  })
  afterAll(() => rmSync(dir, { recursive: true }))
  const plan = (line: string) => {
    const { command, direct, env } = planCommand(line, dir, dir, '/bin')
    const { PATH: _, ...given } = env
    return { command, direct, env: given }
  }

  it('leaves neither npm nor a shell between us and the program', () => {
    expect(plan('npm start')).toEqual({
      command: { file: 'node', args: ['src/main.js', '--verbose'] },
      direct: true,
      env: { NODE_ENV: 'production' },
    })
  })
  it('lets the last program of a chain replace the shell', () => {
    expect(plan('yarn prepared')).toEqual({
      command: 'tsc -p . && cp a b && exec node dist/main',
      direct: true,
      env: {},
    })
    expect(plan('npm run build && TZ=UTC node "a b.js"').command).toBe(
      "tsc -p . && cp a b && exec env TZ=UTC node 'a b.js'",
    )
  })
  it('says so when a shell has to stay', () => {
    expect(plan('npm run piped')).toEqual({ command: 'node . | pino-pretty', direct: false, env: {} })
  })
  it('runs an installed tool without its runner', () => {
    expect(plan('npx knex migrate:latest').command).toEqual({ file: 'knex', args: ['migrate:latest'] })
    expect(plan('pnpm exec knex seed:run').command).toEqual({ file: 'knex', args: ['seed:run'] })
    expect(plan('npx other').command).toEqual({ file: 'npx', args: ['other'] })
  })
  it('finds tools in the folder first', () => {
    expect(planCommand('x', dir, dir, '/bin').env.PATH).toMatch(/node_modules\/\.bin:.*:\/bin$/)
  })
})
