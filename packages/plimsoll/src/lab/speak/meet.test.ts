import { rm } from 'node:fs/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { routeOf } from '../../../../../test/support/known-request.ts'
import { type Opened, serviceOf, stageOf, writeApp } from '../../../../../test/support/staged-app.ts'
import { openProject } from '../../instruments/source/open-project.ts'
import type { Config } from '../../model/config.ts'
import type { Route } from '../../model/system.ts'
import { explore, type Planted, plant, type SpeakSources } from './speak.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const head = `import { randomUUID } from 'node:crypto'
import express from 'express'
const users = []
const sessions = new Map()
const app = express()
app.use(express.json())
app.use(express.urlencoded())
`
const tail = `
app.get('/me', (req, res) => {
  const user = known(req)
  if (!user) return res.status(401).json({ error: 'log in first' })
  res.json({ id: user.id, name: user.name })
})
app.listen(process.env.PORT)`

/** Puts an app on a stage, meets its people, and opens one more lab. */
const speakTo = async (
  app: string,
  routes: readonly Route[],
  more: { config?: Config; files?: Record<string, string> } = {},
) => {
  const dir = await writeApp({
    'server.js': head + app + tail,
    'package.json': '{"type": "module", "scripts": {"start": "node server.js"}}',
    ...more.files,
  })
  cleanups.push(() => rm(dir, { recursive: true }))
  const service = serviceOf({ routes: [...routes, routeOf('GET', '/me')] })
  const system: SpeakSources['system'] = {
    ...{ name: 'app', commit: null, dirty: false, services: [service], infra: [], contracts: [] },
    ...{ workspaces: [], files: { read: 0, bytes: 0 }, problems: [] },
  }
  const sources: SpeakSources = {
    config: more.config ?? {},
    project: await openProject(dir),
    system,
    service,
  }
  const rehearsed: { planted: Planted | null } = { planted: null }
  const opened: Opened = await stageOf(dir, service, {}, [], {
    rehearse: async (lab) => {
      rehearsed.planted = await plant(lab, sources)
    },
  })
  cleanups.push(() => opened.close())
  const open = () => opened.stage.open({ seed: 1, known: [], signal: new AbortController().signal })
  const voice = await explore(await open(), { ...sources, planted: rehearsed.planted })
  const lab = await open()
  Object.assign(lab, await voice.refresh(lab))
  const nameOf = async (headers: Record<string, string>) => {
    const { status, body } = await lab.http.request({ method: 'GET', path: '/me', headers })
    return status === 200 ? JSON.parse(body).name : status
  }
  return { lab, nameOf }
}

const reads = (...body: string[]) => ({ reads: { body, query: [], params: [] } })

const CARRIERS: [string, string, string, Route[]][] = [
  [
    'cookie',
    'a cookie, of a form that redirects',
    `app.post('/signup', (req, res) => {
  const { name, password } = req.body ?? {}
  if (!req.is('urlencoded') || !name || !password) return res.redirect('/signup?error=1')
  users.push({ id: users.length, name, password })
  res.cookie('sid', 'nobody').redirect('/')
})
app.post('/login', (req, res) => {
  const user = users.find((one) => one.name === req.body?.name && one.password === req.body?.password)
  if (!user) return res.redirect('/login')
  const sid = randomUUID()
  sessions.set(sid, user)
  res.cookie('sid', sid).redirect('/')
})
const known = (req) => sessions.get(/sid=([\\w-]+)/.exec(req.headers.cookie ?? '')?.[1])`,
    [
      routeOf('POST', '/signup', reads('name', 'password')),
      routeOf('POST', '/login', reads('name', 'password')),
    ],
  ],
  [
    'header',
    'a key that is given at registration',
    `app.post('/clients', (req, res) => {
  if (!req.body?.name) return res.status(400).json({ error: 'name is required' })
  const user = { id: users.length, name: req.body.name, apiKey: randomUUID() }
  users.push(user)
  res.status(201).json(user)
})
const known = (req) => users.find(({ apiKey }) => apiKey === req.headers['x-api-key'])`,
    [routeOf('POST', '/clients', reads('name'))],
  ],
  [
    'header',
    'a token in a header of its own',
    `app.post('/register', (req, res) => {
  users.push({ id: users.length, ...req.body })
  res.status(201).end()
})
app.post('/login', (req, res) => {
  const user = users.find((one) => one.name === req.body?.name && one.password === req.body?.password)
  if (!user) return res.status(401).end()
  const sid = randomUUID()
  sessions.set(sid, user)
  res.json({ tokens: { refresh: { token: 'not-this-one' }, access: { token: sid } } })
})
const known = (req) => sessions.get(req.headers['x-access-token'])`,
    [
      routeOf('POST', '/register', reads('name', 'password')),
      routeOf('POST', '/login', reads('name', 'password')),
    ],
  ],
  [
    'basic',
    'basic authentication',
    `app.post('/register', (req, res) => {
  if (!req.body?.username || !req.body.password) return res.status(400).json({ error: 'username and password are required' })
  users.push({ id: users.length, name: req.body.username, ...req.body })
  res.status(201).json({ ok: true })
})
const known = (req) => {
  const [name, password] = Buffer.from((req.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString().split(':')
  return users.find((one) => one.username === name && one.password === password)
}`,
    [routeOf('POST', '/register', reads('username', 'password'))],
  ],
]

describe.each(CARRIERS)('%s: %s', (carrier, _name, app, routes) => {
  test('two accounts and any number of new ones are let in', async () => {
    const { lab, nameOf } = await speakTo(app, routes)
    expect(lab.entry?.carrier).toBe(carrier)
    const names = await Promise.all(lab.accounts.map(({ headers }) => nameOf(headers)))
    const made = [await lab.newAccount?.(), await lab.newAccount?.()]
    for (const one of made) names.push(await nameOf(one?.headers ?? {}))
    expect(names).toEqual(Array.from({ length: 4 }, () => expect.stringMatching(/plimsoll/i)))
    expect(new Set(names).size).toBe(4)
    expect(Object.values(made[0]?.fields ?? {})).toContain(names[2])
  })
})

const seeded = `users.push(
  { id: 1, name: 'admin', email: 'admin@example.com', password: 'sesame-1', role: 'admin' },
  { id: 2, name: 'ann', email: 'ann@example.com', password: 'sesame-2', role: 'user' },
  { id: 3, name: 'bob', email: 'bob@example.com', password: 'sesame-3', role: 'user' },
)
app.post('/login', (req, res) => {
  const user = users.find((one) => one.email === req.body?.email && one.password === req.body?.password)
  if (!user) return res.status(401).end()
  const sid = randomUUID()
  sessions.set(sid, user)
  res.json({ token: sid, role: user.role })
})
const known = (req) => sessions.get(req.headers.authorization?.replace('Bearer ', ''))`
const loginOnly = [routeOf('POST', '/login', reads('email', 'password'))]

test('where nobody can register, accounts of the seed speak, and its administrator is another', async () => {
  const { lab, nameOf } = await speakTo(seeded, loginOnly)
  expect(await Promise.all(lab.accounts.map(({ headers }) => nameOf(headers)))).toEqual(['ann', 'bob'])
  expect(lab.others).toMatchObject([{ name: 'admin', role: 'admin' }])
  expect(await nameOf(lab.others?.[0]?.headers ?? {})).toBe('admin')
  expect(lab.newAccount).toBeUndefined()
})

test('declared accounts speak as they were declared', async () => {
  const login = (email: string, password: string) => ({
    login: { route: 'POST /login', body: { email, password } },
  })
  const access = {
    accounts: {
      chief: { role: 'boss', ...login('admin@example.com', 'sesame-1') },
      one: login('ann@example.com', 'sesame-2'),
      two: login('bob@example.com', 'sesame-3'),
      gone: login('nobody@example.com', 'x'),
    },
    public: ['GET /me'],
  }
  const { lab, nameOf } = await speakTo(seeded, loginOnly, { config: { access } })
  expect(await Promise.all(lab.accounts.map(({ headers }) => nameOf(headers)))).toEqual(['ann', 'bob'])
  expect(lab.others?.map(({ name, role }) => [name, role])).toEqual([['chief', 'boss']])
  expect(lab.open).toEqual(['GET /me'])
})
