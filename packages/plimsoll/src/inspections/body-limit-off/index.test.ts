import { expect, test } from 'vitest'
import { inspectFolder, refutedOf } from '../../../../../test/support/inspect-code.ts'
import inspection from './index.ts'

const OFF = [
  "app.use(express.json({ limit: '50mb' }))",
  "app.use(bodyParser.urlencoded({ extended: true, limit: '1gb' }))",
  'app.use(express.json({ limit: Infinity }))',
  'const app = Fastify({ bodyLimit: 100 * 1024 * 1024 })',
  'const LIMIT = 64 * 2 ** 20\napp.use(express.raw({ limit: LIMIT }))',
  "app.use(bodyParser({ jsonLimit: '200mb' }))",
  "import multer from 'multer'\nconst upload = multer({ dest: 'uploads/' })",
  "const multer = require('multer')\nconst upload = multer()",
  "import multer from 'multer'\nconst upload = multer({ storage, limits: { files: 1 } })",
  "app.useBodyParser('json', { limit: '100mb' })",
]

const ON = [
  'app.use(express.json())',
  "app.use(express.json({ limit: '1mb' }))",
  'app.use(express.json({ limit: process.env.BODY_LIMIT }))',
  'const app = Fastify({ bodyLimit: 1048576 })',
  "app.post('/import', { bodyLimit: 100 * 1024 * 1024 }, importAll)",
  "import multer from 'multer'\nconst upload = multer({ dest: 'uploads/', limits: { fileSize: 1e6 } })",
  "import multer from 'multer'\napp.post('/form', multer().none(), save)",
  "import multer from 'multer'\nconst upload = multer(options)",
  'rateLimit({ limit: 100000000 })',
  'repository.find({ limit: 90000000 })',
  "import multer from 'multer'\nconst storage = multer.memoryStorage()",
]

test('limits that are off are found, and nothing else', async () => {
  expect(await refutedOf(inspection, [...OFF, ...ON])).toEqual(OFF)
})

test('the twins', async () => {
  const broken = await inspectFolder(inspection, 'specimens/express/body-limit-off/broken')
  expect(broken.map(({ status, tier, cwe, subject }) => [status, tier, cwe, subject])).toEqual([
    ['refuted', 'suspicion', 770, 'server.js: json limit'],
  ])
  const fixed = await inspectFolder(inspection, 'specimens/express/body-limit-off/fixed')
  expect(fixed.map(({ status }) => status)).toEqual(['proven'])
})
