import { expect, test } from 'vitest'
import { inspectFolder, refutedOf } from '../../../../../test/support/inspect-code.ts'
import inspection from './index.ts'

const WEAK = [
  "const kept = crypto.createHash('md5').update(password).digest('hex')",
  "const kept = createHash('sha256').update(salt).update(req.body.password).digest('hex')",
  "import md5 from 'md5'\nconst kept = md5(user.password)",
  'const kept = CryptoJS.SHA1(password).toString()',
  "import bcrypt from 'bcrypt'\nuser.password = await bcrypt.hash(user.password, 8)",
  "import bcrypt from 'bcryptjs'\nconst rounds = 5\nconst salt = await bcrypt.genSalt(rounds)",
  "const key = crypto.pbkdf2Sync(password, salt, 1000, 64, 'sha512')",
  "app.post('/login', async (req, res) => { const user = await find(req.body.name); if (user.password === req.body.password) res.json({}) })",
  "app.post('/login', async (req, res) => { const { email, password } = req.body; const user = await User.findOne({ where: { email, password } }); res.json(user) })",
  "router.post('/login', async (ctx) => { const { password } = ctx.request.body; if (password != account.password) ctx.throw(401) })",
]

const STRONG = [
  "import bcrypt from 'bcrypt'\nconst kept = await bcrypt.hash(password, 12)",
  "import bcrypt from 'bcrypt'\nconst kept = await bcrypt.hash(password, config.rounds)",
  'const kept = crypto.scryptSync(password, salt, 64)',
  "const key = crypto.pbkdf2Sync(password, salt, 210000, 64, 'sha512')",
  "const tag = createHash('md5').update(body).digest('hex')",
  "const kept = createHash('sha256').update(passwordResetToken).digest('hex')",
  "app.post('/register', (req) => { const { password, confirmPassword } = req.body; if (password !== confirmPassword) throw 1 })",
  "app.post('/login', async (req) => { if (!(await argon2.verify(user.password, req.body.password))) throw 1 })",
  "app.post('/users', async (req) => { await User.create({ email: req.body.email, password: req.body.password }) })",
  "const prehash = async (password) => bcrypt.hash(createHash('sha256').update(password).digest('base64'), 12)",
  "app.post('/login', async (req) => { const password = hash(req.body.password); return User.findOne({ where: { password } }) })",
  'if (user.password === undefined) throw new Error()',
  "const suffix = createHash('sha1').update(password).digest('hex')\nawait fetch('https://api.pwnedpasswords.com/range/' + suffix.slice(0, 5))",
]

test('weak storage of passwords is found, and nothing else', async () => {
  expect(await refutedOf(inspection, [...WEAK, ...STRONG])).toEqual(WEAK)
})

const PYTHON_WEAK = [
  'kept = hashlib.md5(password.encode()).hexdigest()',
  "kept = generate_password_hash(password, method='sha1')",
  "kept = hashlib.pbkdf2_hmac('sha256', password, salt, 1000)",
  'salt = bcrypt.gensalt(rounds=4)',
  "def login():\n    data = request.get_json()\n    jsonschema.validate(data, schema)\n    if user and data.get('password') == user.password:\n        return ok()",
]

const PYTHON_STRONG = [
  'kept = generate_password_hash(password)',
  'tag = hashlib.md5(email.encode()).hexdigest()',
  'salt = bcrypt.gensalt()',
  "def login():\n    data = request.get_json()\n    if check_password_hash(user.password, data.get('password')):\n        return ok()",
]

test('so it is in Python', async () => {
  expect(await refutedOf(inspection, [...PYTHON_WEAK, ...PYTHON_STRONG], 'py')).toEqual(PYTHON_WEAK)
})

test('the twins', async () => {
  const broken = await inspectFolder(inspection, 'specimens/fastify/weak-password-hash/broken')
  expect(broken.map(({ status, tier, cwe, subject }) => [status, tier, cwe, subject])).toEqual([
    ['refuted', 'suspicion', 916, 'passwords.js: hashPassword'],
  ])
  const fixed = await inspectFolder(inspection, 'specimens/fastify/weak-password-hash/fixed')
  expect(fixed.map(({ status }) => status)).toEqual(['proven'])
})
