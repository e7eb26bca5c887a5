import { expect, test } from 'vitest'
import { readFixture } from '../read-fixture.ts'

const portsOf = async (source: string, more: Record<string, string> = {}) => {
  const read = await readFixture({ 'package.json': { name: 'app' }, 'index.js': source, ...more })
  return read.of('.').ports.map(({ port, env }) => [port, env])
}

test('the argument of listen is followed to its number and its variable', async () => {
  expect(await portsOf('app.listen(3000)')).toEqual([[3000, null]])
  expect(await portsOf('app.listen(process.env.PORT || 3000)')).toEqual([[3000, 'PORT']])
  expect(await portsOf('const port = +(process.env.PORT ?? 8080)\napp.listen({ port, host: "::" })')).toEqual(
    [[8080, 'PORT']],
  )
  expect(
    await portsOf(`const port = normalizePort(process.env.PORT || '3000')
      app.set('port', port)
      http.createServer(app).listen(port)`),
  ).toEqual([[3000, 'PORT']])
  expect(await portsOf('const { PORT = 4000 } = process.env\nserver.listen(PORT)')).toEqual([[4000, 'PORT']])
  expect(await portsOf('serve({ fetch: app.fetch, port: Number(process.env.WEB_PORT) || 8787 })')).toEqual([
    [8787, 'WEB_PORT'],
  ])
})

test('it is followed through objects and files', async () => {
  const config = 'module.exports = { server: { port: process.env.API_PORT || 5000 }, db: { port: 5432 } }'
  expect(
    await portsOf(`const config = require('./config')\napp.listen(config.server.port)`, {
      'config.js': config,
    }),
  ).toEqual([[5000, 'API_PORT']])
  expect(
    await portsOf(`import { PORT } from './settings.js'\napp.listen(PORT)`, {
      'settings.js': 'export const PORT = Number(process.env.PORT ?? 9000)',
    }),
  ).toEqual([[9000, 'PORT']])
})

test('a port that cannot be followed falls back on variables named after one, never on those of a store', async () => {
  expect(
    await portsOf(`app.listen(load().http.port)
      const db = { port: process.env.DB_PORT || 5432 }
      const own = process.env.HTTP_PORT || 7000`),
  ).toEqual([[7000, 'HTTP_PORT']])
})
