import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const SPECIMEN = 'specimens/express/cookie-flags'

const script = findingOf({ probe: 'cookie-flags', subject: 'session: HttpOnly' })
const crossSite = findingOf({ probe: 'cookie-flags', subject: 'session: SameSite' })

test('options that a constant holds get the attribute', async () => {
  expect(await proposeForFolder(fixer, `${SPECIMEN}/broken`, script)).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -3,7 +3,7 @@
     import express from 'express'
     
     const carts = new Map()
    -const SESSION = {}
    +const SESSION = { httpOnly: true }
     
     const app = express()
     app.disable('x-powered-by')
    "
  `)
})

test('nothing for a cookie that has it, and for what depends on the host', async () => {
  expect(await proposeForFolder(fixer, `${SPECIMEN}/fixed`, script)).toBe('')
  const transport = findingOf({ probe: 'cookie-flags', subject: 'session: Secure' })
  expect(await proposeForFolder(fixer, `${SPECIMEN}/broken`, transport)).toBe('')
})

test('options on the call, and a call without any', async () => {
  const files = {
    'auth.ts': `export function start(reply: Reply, token: string) {
    reply.setCookie("session", token, { path: "/", maxAge: 600 });
    reply.setCookie("theme", "dark", { path: "/" });
}
`,
    'login.js': "const NAME = 'session'\nctx.cookies.set(NAME, token)\nsettings.set('session', token)\n",
  }
  expect(await proposeForFiles(fixer, files, crossSite)).toMatchInlineSnapshot(`
    "--- a/auth.ts
    +++ b/auth.ts
    @@ -1,4 +1,4 @@
     export function start(reply: Reply, token: string) {
    -    reply.setCookie("session", token, { path: "/", maxAge: 600 });
    +    reply.setCookie("session", token, { path: "/", maxAge: 600, sameSite: "lax" });
         reply.setCookie("theme", "dark", { path: "/" });
     }
    --- a/login.js
    +++ b/login.js
    @@ -1,3 +1,3 @@
     const NAME = 'session'
    -ctx.cookies.set(NAME, token)
    +ctx.cookies.set(NAME, token, { sameSite: 'lax' })
     settings.set('session', token)
    "
  `)
})

test('nothing where it is meant for other sites, or put together elsewhere', async () => {
  const embedded = "res.cookie('session', id, { sameSite: 'none', secure: true })\n"
  expect(await proposeForFiles(fixer, { 'app.js': embedded }, crossSite)).toBe('')
  const built = "res.cookie('session', id, optionsOf(req))\n"
  expect(await proposeForFiles(fixer, { 'app.js': built }, script)).toBe('')
})
