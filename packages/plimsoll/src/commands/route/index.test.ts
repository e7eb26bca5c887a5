import { afterAll, expect, test } from 'vitest'
import { run } from '../../cli/run.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'

const shop = writeFixture({
  'package.json': { name: 'shop', dependencies: { fastify: '^5.0.0', pg: '^8.0.0' } },
  'src/routes/orders.ts': "import type { FastifyInstance } from 'fastify'\n",
  'src/price.ts': 'export const price = 1\n',
})
const page = writeFixture({
  'package.json': { name: 'page', dependencies: { react: '^19.0.0', 'react-dom': '^19.0.0' } },
  'src/price.ts': 'export const price = 1\n',
})
afterAll(() => {
  shop.remove()
  page.remove()
})

const say = async (dir: string, ...words: string[]) => {
  const out: string[] = []
  const stream = { write: (text: string) => out.push(text), columns: 80 }
  const context = { cwd: dir, stdout: stream, stderr: stream, env: {}, signal: new AbortController().signal }
  const code = await run(['route', ...words], context)
  return { code, text: out.join('') }
}

test('the ranking is explained', async () => {
  const { code, text } = await say(shop.dir, 'add refunds to orders')
  expect(code).toBe(0)
  expect(text).toMatchInlineSnapshot(`
    "
      1  backend        6.75  "refunds" +2.5 · the repository: fastify, pg, and
                              nothing of a browser +2 · "orders" +1.5 · files of the
                              backend are called "order" +0.75
      2  frontend       0.00
      3  security       0.00
      4  performance    0.00
      5  devops         0.00

      backend is clear: frontend is 6.75 behind.
    "
  `)
})

test('the same file is of the backend in one repository, and not in the other', async () => {
  const first = await say(shop.dir, 'round it to cents', '--files', 'src/price.ts')
  const second = await say(page.dir, 'round it to cents', '--files', 'src/price.ts')
  expect(first.text).toMatch(/1 {2}backend/)
  expect(second.text).toMatch(/1 {2}frontend/)
})

test('a name decides, and nothing is said to be nothing', async () => {
  expect((await say(shop.dir, '@security look at the login page')).text).toContain(
    'security was named, and that decides.',
  )
  expect((await say(shop.dir, 'sing a song')).text).toContain('Nothing speaks for any of them.')
})
