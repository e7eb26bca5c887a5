import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wishForLoad } from './wish-for-load.ts'

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'wishes-'))
  await mkdir(join(cwd, 'api'))
  await writeFile(join(cwd, 'access.log'), '')
})
afterAll(() => rm(cwd, { recursive: true }))

const wish = (words: Parameters<typeof wishForLoad>[0], load?: Parameters<typeof wishForLoad>[1]['load']) =>
  wishForLoad(words, { load }, { root: join(cwd, 'api'), cwd, configFile: 'plimsoll.config.json' })

test('nothing is wished for where neither says anything', async () => {
  expect(await wish({})).toBeUndefined()
})

test('words go before the configuration, key by key', async () => {
  expect(await wish({ rows: 10, soak: 90 }, { rows: 5, rate: 7, users: 2 })).toEqual({
    rows: 10,
    rate: 7,
    users: 2,
    soakSeconds: 90,
  })
})

test('an access log that is asked for goes before declared weights, and is found from the root', async () => {
  const weights = { 'GET /orders': 1 }
  expect(await wish({ rate: 1 }, { weights })).toEqual({ rate: 1, weights })
  expect(await wish({ accessLog: 'access.log' }, { weights, accessLog: 'old.log' })).toEqual({
    accessLog: join('..', 'access.log'),
  })
})

test('an access log of the configuration that is not there is a mistake', async () => {
  await expect(wish({}, { accessLog: 'old.log' })).rejects.toMatchObject({
    code: 'E_CONFIG_INVALID',
    message: 'plimsoll.config.json: "load.accessLog": old.log cannot be read: ENOENT',
  })
})
