import { expect, test } from 'vitest'
import { inspectFolder, refutedOf } from '../../../../../test/support/inspect-code.ts'
import inspection from './index.ts'

const OPEN = [
  'app.use(cors({ origin: true, credentials: true }))',
  "app.use(cors({ origin: '*', credentials: true }))",
  'app.enableCors({ credentials: true, origin: (origin, done) => done(null, true) })',
  'const options = { origin: /.*/, credentials: true }\napp.use(cors(options))',
  "app.use((req, res, next) => { res.header('Access-Control-Allow-Origin', req.headers.origin); res.header('Access-Control-Allow-Credentials', 'true'); next() })",
  "app.use(async (ctx, next) => { ctx.set('Access-Control-Allow-Origin', ctx.get('Origin')); ctx.set('Access-Control-Allow-Credentials', 'true'); await next() })",
  'fastify.register(cors, { origin: process.env.ORIGIN || true, credentials: true })',
  'app.use(cors({ origin: (origin, done) => { done(null, origin) }, credentials: true }))',
  "app.use((req, res, next) => { const { origin } = req.headers; res.setHeader('access-control-allow-origin', origin); res.setHeader('access-control-allow-credentials', true); next() })",
]

const CLOSED = [
  'app.use(cors({ origin: true }))',
  "app.use(cors({ origin: ['https://ledger-books.io'], credentials: true }))",
  'app.use(cors({ origin: process.env.ORIGIN, credentials: true }))',
  'app.use(cors({ origin: (origin, done) => done(null, ALLOWED.includes(origin)), credentials: true }))',
  'app.use(cors({ origin: isProduction ? HOSTS : true, credentials: true }))',
  "fetch(url, { credentials: 'include' })",
  "app.use((req, res, next) => { res.header('Access-Control-Allow-Origin', '*'); next() })",
  "app.use((req, res, next) => { const { origin } = req.headers; if (ALLOWED.includes(origin)) { res.header('Access-Control-Allow-Origin', origin); res.header('Access-Control-Allow-Credentials', 'true') } next() })",
  'app.use(cors({ origin: true, credentials: false }))',
  'app.use(cors({ origin: /\\.ledger-books\\.io$/, credentials: true }))',
]

test('openness to every site is found, and nothing else', async () => {
  expect(await refutedOf(inspection, [...OPEN, ...CLOSED])).toEqual(OPEN)
})

const PYTHON_OPEN = [
  'CORS(app, supports_credentials=True)',
  'CORS(app, resources={r"/*": {"origins": "*"}}, supports_credentials=True)',
  'app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)',
  "def after(response):\n    response.headers['Access-Control-Allow-Origin'] = request.headers.get('Origin')\n    response.headers['Access-Control-Allow-Credentials'] = 'true'",
]

const PYTHON_CLOSED = [
  'CORS(app)',
  'CORS(app, origins=["https://ledger-books.io"], supports_credentials=True)',
  'app.add_middleware(CORSMiddleware, allow_origins=ORIGINS, allow_credentials=True)',
  'app.add_middleware(CORSMiddleware, allow_origins=["*"])',
]

test('so it is in Python', async () => {
  expect(await refutedOf(inspection, [...PYTHON_OPEN, ...PYTHON_CLOSED], 'py')).toEqual(PYTHON_OPEN)
})

test('the twins', async () => {
  const broken = await inspectFolder(inspection, 'specimens/express/cors-credentials/broken')
  expect(broken.map(({ status, tier, cwe, subject }) => [status, tier, cwe, subject])).toEqual([
    ['refuted', 'suspicion', 942, 'server.js: allowOrigins'],
  ])
  const fixed = await inspectFolder(inspection, 'specimens/express/cors-credentials/fixed')
  expect(fixed.map(({ status }) => status)).toEqual(['proven'])
})
