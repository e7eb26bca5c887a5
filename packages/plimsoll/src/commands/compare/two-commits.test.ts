import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root as checkout } from '../../../../../test/support/repository.ts'
import { asTrees } from '../../engine/compare/choose-sides.ts'
import { compareTrees } from '../../engine/compare/compare-trees.ts'
import { sendClosed } from '../../engine/compare/measure-block.ts'
import { openSide } from '../../engine/compare/open-side.ts'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import { families } from '../families.ts'

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'two-commits-')))
const root = join(dir, 'app')
const { signal } = new AbortController()
const onProgress = () => {}
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: root })

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

/** Sessions live in the memory of the process: a restart ends them. */
const server = (more: string) => `import express from 'express'
const app = express()
const users = new Map()
const sessions = new Map()
let last = 0
app.use(express.json())
const signedIn = (req, res, next) =>
  sessions.has(req.headers.authorization?.replace('Bearer ', '')) ? next() : res.status(401).json({ error: 'log in' })
app.post('/register', (req, res) => {
  const { email, password } = req.body ?? {}
  if (typeof email !== 'string' || typeof password !== 'string') return res.status(400).json({ error: 'email and password' })
  if (users.has(email)) return res.status(409).json({ error: 'taken' })
  users.set(email, password)
  res.status(201).json({ id: users.size, email })
})
app.post('/login', (req, res) => {
  const { email, password } = req.body ?? {}
  if (users.get(email) !== password) return res.status(401).json({ error: 'no' })
  last += 1
  const token = 'session-' + process.pid + '-' + last
  sessions.set(token, email)
  res.json({ token })
})
app.get('/hello', (req, res) => res.json({ hello: 'you' }))
app.get('/me', signedIn, (req, res) => res.json({ me: true }))
${more}
app.listen(process.env.PORT)
`

beforeAll(() => {
  write(
    'package.json',
    '{"type":"module","scripts":{"start":"node server.js"},"dependencies":{"express":"^5"}}',
  )
  write('.gitignore', 'node_modules\n')
  write('server.js', server(''))
  git('init', '--quiet')
  git('add', '.')
  git('commit', '--quiet', '-m', 'one')
  git('tag', 'one')
  write('server.js', server("app.get('/new', (req, res) => res.json([1, 2, 3]))"))
  symlinkSync(join(checkout, 'node_modules'), join(root, 'node_modules'))
})

test('both are booted, and sent what works on both', async () => {
  const comparison = await compareTrees({
    ...{ root, shown: 'app', words: ['one', '.'], config: {}, families, install: false },
    ...{ seed: 1, margin: 0.05, limitSeconds: 1, signal, onProgress },
  })
  expect(comparison).toMatchObject({
    how: 'interleaved',
    answer: "can't tell",
    reason: 'the time was too short: 1 s hold less than 2 rounds',
    a: { name: 'one', commit: expect.stringMatching(/^[0-9a-f]{40}$/) },
    b: { name: '.', commit: null },
  })
  expect(comparison.operations).toContain('GET /hello')
  expect(comparison.operations).not.toContain('GET /new')
  expect(comparison.left).toContainEqual({ name: 'GET /new', reason: 'A has no such operation' })
}, 120_000)

test('a side can be opened again, and its requests work each time', async () => {
  const supervisor = await openSupervisor()
  try {
    const words = ['one', 'one'] as const
    const trees = { root, shown: 'app', words, scratchDir: supervisor.scratchDir, install: false }
    const [tree] = await asTrees(trees)
    const side = await openSide(tree, {
      ...{ config: {}, families, install: false, seed: 1, supervisor, signal, onProgress },
    })
    for (const seed of [1, 2]) {
      const bench = await side.open(seed)
      const names = bench.workload.operations.map(({ name }) => name)
      expect(names).toContain('GET /me')
      const { load } = await sendClosed(bench, names, 0.5)
      for (const { statuses, errors } of load.operations) {
        expect(Object.keys(statuses).filter((status) => !status.startsWith('2'))).toEqual([])
        expect(errors).toEqual({})
      }
    }
    await side.close()
  } finally {
    await supervisor.close()
  }
}, 120_000)
