import { rm } from 'node:fs/promises'
import { afterEach, expect, test } from 'vitest'
import { routeOf } from '../../../../../test/support/known-request.ts'
import { type Opened, serviceOf, stageOf, writeApp } from '../../../../../test/support/staged-app.ts'
import { openProject } from '../../instruments/source/open-project.ts'
import type { Route, Service } from '../../model/system.ts'
import postgres from '../../stores/postgres/index.ts'
import { explore, type Planted, plant, type SpeakSources } from './speak.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const schema = `
CREATE TABLE users (id serial PRIMARY KEY, email text UNIQUE NOT NULL, password text NOT NULL);
CREATE TABLE wallets (wallet_no serial PRIMARY KEY, balance int NOT NULL, closed boolean NOT NULL);
CREATE TABLE vouchers (id serial PRIMARY KEY, code text NOT NULL, used boolean NOT NULL DEFAULT false);
CREATE TABLE halls (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE chairs (id serial PRIMARY KEY, hall_id int NOT NULL REFERENCES halls);
CREATE TABLE holds (id serial PRIMARY KEY, hall_id int NOT NULL, chair_id int NOT NULL UNIQUE, floor int NOT NULL);
INSERT INTO wallets (balance, closed) VALUES (0, true), (100, false);
INSERT INTO vouchers (code) VALUES ('WELCOME');
INSERT INTO halls (name) VALUES ('East'), ('West');
INSERT INTO chairs (hall_id) SELECT 2 FROM generate_series(1, 3);
INSERT INTO chairs (hall_id) SELECT 1 FROM generate_series(1, 3);`

const server = `import express from 'express'
import pg from 'pg'
const pool = new pg.Pool()
pool.on('error', () => {})
const sql = async (text, values) => (await pool.query(text, values)).rows
const app = express()
app.use(express.json())
const wrap = (work) => (req, res) => work(req, res).catch(() => res.status(500).json({ error: 'sorry' }))
app.post('/register', wrap(async (req, res) => {
  const { user: { email, password } = {} } = req.body
  if (!email || !password) return res.status(400).json({ error: 'no' })
  const [made] = await sql('INSERT INTO users (email, password) VALUES ($1, $2) RETURNING id', [email, password])
  res.status(201).json({ user: made })
}))
app.post('/login', wrap(async (req, res) => {
  const [found] = await sql('SELECT id FROM users WHERE email = $1 AND password = $2', [req.body.email, req.body.password])
  if (!found) return res.status(401).json({ error: 'no' })
  res.json({ token: 'token-of-user-' + found.id })
}))
app.get('/halls', wrap(async (_req, res) => res.json(await sql('SELECT id, name FROM halls ORDER BY id'))))
app.get('/halls/:id/chairs', wrap(async (req, res) =>
  res.json(await sql('SELECT id FROM chairs WHERE hall_id = $1 ORDER BY id', [req.params.id]))))
app.post('/wallets/:id/withdraw', wrap(async (req, res) => {
  const rows = await sql('UPDATE wallets SET balance = balance - $1 WHERE wallet_no = $2 AND NOT closed RETURNING balance',
    [req.body.amount, req.params.id])
  res.status(rows.length ? 200 : 404).json(rows)
}))
app.post('/vouchers/:code/check', wrap(async (req, res) => {
  const rows = await sql('SELECT used FROM vouchers WHERE code = $1', [req.params.code])
  res.status(rows.length ? 200 : 404).json(rows)
}))
app.post('/holds', wrap(async (req, res) => {
  const { hallId, chairIds, floor } = req.body
  const chairs = await sql('SELECT id FROM chairs WHERE hall_id = $1 AND id = ANY($2)', [hallId, chairIds])
  if (chairs.length === 0) return res.status(404).json({ error: 'no such chair' })
  const [made] = await sql('INSERT INTO holds (hall_id, chair_id, floor) VALUES ($1, $2, $3) RETURNING id', [hallId, chairIds[0], floor])
  res.status(201).json(made)
}))
app.delete('/holds/:id', wrap(async (req, res) => {
  const rows = await sql('DELETE FROM holds WHERE id = $1 RETURNING id', [req.params.id])
  res.status(rows.length ? 200 : 404).json(rows)
}))
setInterval(() => sql("UPDATE wallets SET balance = balance WHERE wallet_no = -1").catch(() => {}), 20)
app.listen(process.env.PORT)`

const reads = (...body: string[]) => ({ reads: { body, query: [], params: [] } })
const routes: Route[] = [
  routeOf('POST', '/register', reads('user.email', 'user.password')),
  routeOf('POST', '/login', reads('email', 'password')),
  routeOf('GET', '/halls'),
  routeOf('GET', '/halls/:id/chairs'),
  routeOf('POST', '/wallets/:id/withdraw', reads('amount')),
  routeOf('POST', '/vouchers/:code/check'),
  routeOf('POST', '/holds', reads('hallId', 'chairIds', 'floor')),
  routeOf('DELETE', '/holds/:id'),
]

const speakTo = async (service: Service, dir: string) => {
  const project = await openProject(dir)
  const system: SpeakSources['system'] = {
    ...{ name: 'app', commit: null, dirty: false, services: [service], infra: [], contracts: [] },
    ...{ workspaces: [], files: { read: 0, bytes: 0 }, problems: [] },
  }
  const sources: SpeakSources = { config: {}, project, system, service }
  const rehearsed: { planted: Planted | null } = { planted: null }
  const opened: Opened = await stageOf(dir, service, {}, [postgres], {
    rehearse: async (lab) => {
      rehearsed.planted = await plant(lab, sources)
    },
  })
  cleanups.push(() => opened.close())
  const open = () => opened.stage.open({ seed: 1, known: [], signal: new AbortController().signal })
  const voice = await explore(await open(), { ...sources, planted: rehearsed.planted })
  return { voice, lab: await open() }
}

test('an API is spoken to with what it shows, what it refuses, and what its store holds', async () => {
  const dir = await writeApp({
    'server.js': server,
    'package.json': '{"type": "module", "scripts": {"start": "node server.js"}}',
    'migrations/001.sql': schema,
  })
  cleanups.push(() => rm(dir, { recursive: true }))
  const service = serviceOf({
    stores: [{ store: 'postgres', client: 'pg', version: null, place: null, hardCoded: null }],
    migrations: [{ tool: 'sql', dir: 'migrations', files: 1, apply: null }],
    routes,
  })
  const { voice, lab } = await speakTo(service, dir)
  expect(Object.fromEntries(voice.reach.map(({ route, status }) => [route, status]))).toEqual({
    'POST /register': 201,
    'POST /login': 200,
    'GET /halls': 200,
    'GET /halls/:id/chairs': 200,
    'POST /wallets/:id/withdraw': 200,
    'POST /vouchers/:code/check': 200,
    'POST /holds': 201,
    'DELETE /holds/:id': 200,
  })

  const known = (method: string, path: string) =>
    voice.known.find(({ route }) => route.method === method && route.path === path)
  expect(known('POST', '/wallets/:id/withdraw')).toMatchObject({
    request: { path: '/wallets/2/withdraw', body: { amount: 1 } },
    how: 'learned',
    statements: { postgres: 1 },
    writes: { postgres: 1 },
  })
  expect(known('POST', '/vouchers/:code/check')?.request.path).toBe('/vouchers/WELCOME/check')
  expect(known('POST', '/holds')?.request.body).toEqual({ hallId: 1, chairIds: [5], floor: 1 })

  const { accounts } = await voice.refresh(lab)
  expect(accounts.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer token-of-user-1',
    'Bearer token-of-user-2',
  ])

  const hold = known('DELETE', '/holds/:id')
  expect(hold && (await lab.http.request(hold.request)).status).toBe(200)
})
