import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const secret = (subject: string) => findingOf({ probe: 'default-secret', subject })

test('without it the app does not start', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/koa/default-secret/broken', secret('tokens.js: TOKEN_SECRET')),
  ).toMatchInlineSnapshot(`
    "--- a/tokens.js
    +++ b/tokens.js
    @@ -1,6 +1,7 @@
     import jwt from 'jsonwebtoken'
     
    -const secret = process.env.TOKEN_SECRET || 'locker-room'
    +if (!process.env.TOKEN_SECRET) throw new Error('TOKEN_SECRET is not set')
    +const secret = process.env.TOKEN_SECRET
     
     export const signToken = (locker) => jwt.sign({ locker }, secret, { expiresIn: '15m' })
     export const readToken = (token) => jwt.verify(token, secret, { algorithms: ['HS256'] })
    "
  `)
  expect(
    await proposeForFolder(fixer, 'examples/booking', secret('src/config.js: SESSION_SECRET')),
  ).toMatchInlineSnapshot(`
    "--- a/src/config.js
    +++ b/src/config.js
    @@ -1,8 +1,9 @@
     const env = process.env
     
    +if (!env.SESSION_SECRET) throw new Error('SESSION_SECRET is not set')
     export const config = {
       databaseUrl: env.DATABASE_URL ?? 'postgres://booking:booking@localhost:5432/booking',
       port: Number(env.PORT ?? 3000),
    -  sessionSecret: env.SESSION_SECRET ?? 'change-me',
    +  sessionSecret: env.SESSION_SECRET,
       logLevel: env.LOG_LEVEL ?? 'info',
     }
    "
  `)
})

test('taken apart, and added to the example', async () => {
  const files = {
    '.env.example': 'PORT=3000',
    'src/config.ts':
      'const { JWT_SECRET = "s3cret-s3cret", PORT = "3000" } = process.env;\nexport { JWT_SECRET, PORT };\n',
  }
  expect(await proposeForFiles(fixer, files, secret('src/config.ts: JWT_SECRET'))).toMatchInlineSnapshot(`
    "--- a/src/config.ts
    +++ b/src/config.ts
    @@ -1,2 +1,4 @@
    -const { JWT_SECRET = "s3cret-s3cret", PORT = "3000" } = process.env;
    +if (!process.env.JWT_SECRET) throw new Error("JWT_SECRET is not set");
    +const { PORT = "3000" } = process.env;
    +const JWT_SECRET = process.env.JWT_SECRET;
     export { JWT_SECRET, PORT };
    --- a/.env.example
    +++ b/.env.example
    @@ -1 +1,2 @@
    -PORT=3000
    \\ No newline at end of file
    +PORT=3000
    +JWT_SECRET=
    "
  `)
})

test('nothing where there is no fallback, or it is another name', async () => {
  const tokens = secret('tokens.js: TOKEN_SECRET')
  expect(await proposeForFolder(fixer, 'specimens/koa/default-secret/fixed', tokens)).toBe('')
  expect(
    await proposeForFolder(fixer, 'specimens/koa/default-secret/broken', secret('tokens.js: OTHER')),
  ).toBe('')
  const app = "const secret = config.get('TOKEN_SECRET', 'locker-room')\nrun(secret)\n"
  expect(await proposeForFiles(fixer, { 'tokens.js': app }, tokens)).toBe('')
})
