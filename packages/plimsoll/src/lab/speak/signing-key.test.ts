import { createHmac } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { afterEach, expect, test } from 'vitest'
import { serviceOf, writeApp } from '../../../../../test/support/staged-app.ts'
import { openProject } from '../../instruments/source/open-project.ts'
import type { Config } from '../../model/config.ts'
import type { EnvRead } from '../../model/system.ts'
import { madeUpSecret } from '../environment/made-up.ts'
import { findSigningKey } from './signing-key.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const signed = (secret: string) => {
  const text = `${encode({ alg: 'HS256' })}.${encode({ sub: 1 })}`
  return { authorization: `Bearer ${text}.${createHmac('sha256', secret).update(text).digest('base64url')}` }
}
const variable = (parts: Partial<EnvRead>): EnvRead => ({
  ...{ name: 'JWT_SECRET', default: null, example: null, place: null },
  ...parts,
})

const find = async (headers: Record<string, string>, env: EnvRead[], config: Config = {}, source = '') => {
  const dir = await writeApp({ 'auth.js': source })
  cleanups.push(() => rm(dir, { recursive: true }))
  const service = serviceOf({ env })
  const system = {
    ...{ name: 'app', commit: null, dirty: false, services: [service], infra: [], contracts: [] },
    ...{ workspaces: [], files: { read: 0, bytes: 0 }, problems: [] },
  }
  return findSigningKey(headers, { config, project: await openProject(dir), system, service })
}

test('the lab knows the secret that it gave', async () => {
  const made = madeUpSecret(1, 'JWT_SECRET')
  expect(await find(signed(made), [variable({})])).toEqual({
    secret: made,
    from: 'environment',
    where: 'JWT_SECRET',
  })
  const given = await find(signed('mine'), [variable({ default: 'theirs' })], { env: { JWT_SECRET: 'mine' } })
  expect(given?.from).toBe('environment')
})

test('a fallback of a variable, and a text in the source, are told apart', async () => {
  expect((await find(signed('changeme'), [variable({ default: 'changeme' })]))?.from).toBe('fallback')
  const source = "import jwt from 'jsonwebtoken'\nexport const jwtOptions = { secret: 'cats' }\n"
  expect(
    await find(signed('cats'), [variable({ name: 'DB_PASSWORD', example: 'cats' })], {}, source),
  ).toEqual({
    secret: 'cats',
    from: 'source',
    where: 'auth.js:2',
  })
})

test('a token that nothing known signed, or that is none, tells nothing', async () => {
  expect(await find(signed('unknown'), [variable({})])).toBeNull()
  expect(await find({ cookie: 'sid=abc' }, [variable({})])).toBeNull()
})
