import { expect, test } from 'vitest'
import { inspectFiles, inspectFolder, refutedOf } from '../../../../../test/support/inspect-code.ts'
import inspection from './index.ts'

const FALLBACKS = [
  "const secret = process.env.JWT_SECRET || 'keyboard cat'",
  "export const config = { session: { secret: process.env.SESSION_SECRET ?? 'change-me' } }",
  "const { COOKIE_KEY = 'monster' } = process.env",
  "const Env = z.object({ JWT_SECRET: z.string().min(8).default('development-secret') })",
  "const schema = joi.object({ AUTH_SECRET: joi.string().default('hush-hush') })",
  "const env = cleanEnv(process.env, { API_KEY: str({ default: 'abc-def' }) })",
  "const key = configService.get('ENCRYPTION_KEY', 'sixteen letters!')",
  "const key = process.env['SIGNING_KEY'] || `swordfish`",
  "const password = process.env.DB_PASSWORD || 'postgres'",
  "import jwt from 'jsonwebtoken'\nconst token = jwt.sign({ id }, process.env.JWT_SECRET || 'swordfish')",
  "const secret = config.jwtSecret || 'swordfish'",
]

const NONE = [
  'const secret = process.env.JWT_SECRET',
  "const secret = process.env.JWT_SECRET || ''",
  "const port = process.env.PORT || '3000'",
  "const secret = process.env.JWT_SECRET ?? (() => { throw new Error('JWT_SECRET') })()",
  "const secret = isProduction ? process.env.JWT_SECRET : process.env.JWT_SECRET || 'dev'",
  "const secret = process.env.JWT_SECRET || 'dev'\nif (production && secret === 'dev') throw new Error('set JWT_SECRET')",
  "const name = process.env.SECRET_NAME || 'app/secret'",
  "const key = process.env.STRIPE_PUBLISHABLE_KEY || 'pk_live_x'",
  "const password = req.body.password || 'none given'",
  "const expiry = process.env.TOKEN_EXPIRY || '15m'",
  "const algorithm = process.env.JWT_ALGORITHM || 'HS256'",
  "const Body = z.object({ sort: z.string().default('key') })",
  "const id = process.env.AWS_ACCESS_KEY_ID || 'local'",
]

test('fallbacks of secrets are found, and nothing else', async () => {
  expect(await refutedOf(inspection, [...FALLBACKS, ...NONE])).toEqual(FALLBACKS)
})

const PYTHON_FALLBACKS = [
  "SECRET_KEY = os.environ.get('SECRET_KEY', 'dev-key')",
  "SECRET_KEY = os.environ.get('SECRET_KEY') or 'you-know'",
  "app.config['SECRET_KEY'] = os.getenv('SECRET_KEY', 'hush')",
  "DB_PASSWORD = env('DB_PASSWORD', default='postgres')",
]

const PYTHON_NONE = [
  "SECRET_KEY = os.environ['SECRET_KEY']",
  "SECRET_KEY = os.environ.get('SECRET_KEY')",
  "PORT = os.environ.get('PORT', '5000')",
  "SECRET_KEY = os.environ.get('SECRET_KEY', '')",
  "if app.debug:\n    app.secret_key = os.environ.get('SECRET_KEY', 'dev')",
]

test('so it is in Python', async () => {
  expect(await refutedOf(inspection, [...PYTHON_FALLBACKS, ...PYTHON_NONE], 'py')).toEqual(PYTHON_FALLBACKS)
})

test.each([
  ["import jwt from 'jsonwebtoken'\njwt.sign({}, process.env.JWT_SECRET || 'swordfish')", 'defect', 798],
  [
    "import jwt from 'jsonwebtoken'\nconst SECRET = process.env.JWT_SECRET || 'swordfish'\njwt.verify(token, SECRET)",
    'defect',
    798,
  ],
  ["app.use(session({ secret: process.env.SESSION_SECRET || 'swordfish' }))", 'defect', 798],
  ["export const secret = process.env.JWT_SECRET || 'swordfish'", 'suspicion', 798],
  ["export const password = process.env.DB_PASSWORD || 'swordfish'", 'suspicion', 1392],
])('%s is a %s', async (text, tier, cwe) => {
  const [judged] = await inspectFiles(inspection, { 'src/keys.ts': text })
  expect(judged).toMatchObject({ tier, cwe })
  expect(JSON.stringify(judged)).not.toContain('swordfish')
})

test('the twins', async () => {
  const broken = await inspectFolder(inspection, 'specimens/koa/default-secret/broken')
  expect(broken.map(({ status, tier, cwe, subject }) => [status, tier, cwe, subject])).toEqual([
    ['refuted', 'defect', 798, 'tokens.js: TOKEN_SECRET'],
  ])
  const fixed = await inspectFolder(inspection, 'specimens/koa/default-secret/fixed')
  expect(fixed.map(({ status }) => status)).toEqual(['proven'])
})
