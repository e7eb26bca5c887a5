import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Flaw, openFakeDoor } from '../../../../../test/support/model-server-door.ts'
import { git } from '../../instruments/source/git.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import { families } from '../families.ts'
import { checkWork } from './check-work.ts'

const SERVER = `import Fastify from 'fastify'
const app = Fastify()
app.get('/seats', () => [])
app.listen({ port: 3000 })
`
const { dir, remove } = writeFixture({
  'package.json': { type: 'module', main: 'server.js', dependencies: { fastify: '5' } },
  'server.js': SERVER,
})
afterAll(remove)

const WHOLE = {
  ...{ probe: 'lost-ack', standard: 'integrity.acid', subject: 'the backend' },
  ...{ title: 'It forgets', file: 'server.js' },
}

test('a finding on the whole backend is told from an older one by a proof of the base', async () => {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
  await git(dir, ['init', '--quiet'])
  await git(dir, ['add', '.'])
  await git(dir, [...who, 'commit', '--quiet', '-m', 'one'])
  const commit = (await git(dir, ['rev-parse', 'HEAD']))?.trim() ?? ''
  const route = "app.post('/seats', (request) => request.body)\n"
  writeFileSync(join(dir, 'server.js'), SERVER.replace('app.listen', `${route}app.listen`))
  const check = async (flaw: Flaw) => {
    const notes: string[] = []
    const { state, ledger, origins } = await checkWork({
      ...{ root: dir, runsIn: [dir], families, since: { commit, ref: 'main' }, budgetSeconds: 60 },
      ...{ door: openFakeDoor(dir, [flaw]), signal: new AbortController().signal },
      onNote: (text) => notes.push(text),
    })
    return { state, apart: ledger.apart, origins: [...origins.values()], notes }
  }
  expect(await check({ ...WHOLE, where: /app\.listen/ })).toEqual({
    ...{ state: 'proven', apart: ['lost1'], origins: ['before'] },
    notes: [`proving main (${commit.slice(0, 7)}) to tell old findings from new: lost-ack`],
  })
  expect(await check({ ...WHOLE, where: /app\.post/ })).toMatchObject({ state: 'refuted', origins: ['new'] })
})
