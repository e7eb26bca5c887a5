import { describe, expect, test } from 'vitest'
import { parseScript } from '../../instruments/source/parse-script.ts'
import { findSigningSecrets } from './signing-secrets.ts'

const find = (files: Record<string, string>, file = 'src/auth.ts') =>
  findSigningSecrets(file, (path) => {
    const text = files[path]
    return text === undefined ? null : parseScript(path, text).source
  }).map((leak) => `${leak.place.file}:${leak.place.line} ${leak.redacted}`)

describe('a literal signs', () => {
  test.each([
    "import jwt from 'jsonwebtoken'; jwt.sign({ id }, 'keyboard cat', { expiresIn: 60 })",
    "const jwt = require('jsonwebtoken'); const SECRET = 'keyboard cat'; jwt.verify(token, SECRET)",
    "import { sign } from 'jsonwebtoken'; sign(user, 'keyboard cat')",
    "app.use(session({ secret: 'keyboard cat', resave: false }))",
    "app.register(fastifyJwt, { secret: 'keyboard cat' })",
    "@Module({ imports: [JwtModule.register({ secret: 'keyboard cat' })] }) class A {}",
    "class A extends S { constructor() { super({ secretOrKey: 'keyboard cat' }) } }",
    "const keys = { secret: 'keyboard cat' }; this.jwtService.verifyAsync(token, { secret: keys.secret })",
  ])('%s', (text) => {
    expect(find({ 'src/auth.ts': text })).toEqual(['src/auth.ts:1 keyb…'])
  })

  test('that another file exports', () => {
    const auth = "import { keys } from './keys'\nJwtModule.register({ secret: keys.secret })"
    const keys = "export const keys = {\n  secret: '1234',\n}"
    expect(find({ 'src/auth.ts': auth, 'src/keys.ts': keys })).toEqual(['src/keys.ts:2 12…'])
  })

  test('not in a test', () => {
    const text = "app.use(session({ secret: 'keyboard cat' }))"
    expect(find({ 'test/auth.test.ts': text }, 'test/auth.test.ts')).toEqual([])
  })
})

describe('no literal signs', () => {
  test.each([
    "import jwt from 'jsonwebtoken'; jwt.sign({ id }, process.env.SECRET)",
    "import jwt from 'jsonwebtoken'; jwt.verify(token, publicKey, { secret: 'unused' })",
    "import jwt from 'jsonwebtoken'; const f = (secret = 'a') => jwt.sign(x, secret); const g = (secret) => secret",
    "app.use(session({ secret: config.get('SESSION_SECRET') }))",
    "import { keys } from './missing'; app.use(session({ secret: keys.secret }))",
    "import { keys } from './auth'; export { keys }; app.use(session({ secret: keys.secret }))",
    "game.sign('secret', 'keyboard cat')",
    "app.register(books, { secret: 'plot' })",
    "class A extends B { constructor() { super({ secret: 'plot' }) } }",
  ])('%s', (text) => {
    expect(find({ 'src/auth.ts': text })).toEqual([])
  })
})
