import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { say } from '../../../../../test/support/say.ts'
import { Run } from '../../model/run.ts'

const SPECIMEN = fileURLToPath(new URL('../../../../../specimens/express/secret-leak/', import.meta.url))

let cwd = ''
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'replay-'))
  await cp(join(SPECIMEN, 'broken'), join(cwd, 'shop'), { recursive: true })
})
afterEach(() => rm(cwd, { recursive: true, force: true }))

const prove = async () => {
  const { exitCode, out } = await say(cwd, 'prove', 'shop', '--only', 'secret-leak', '--json')
  const [first] = Run.parse(JSON.parse(out)).verdicts
  return { exitCode, id: first?.id ?? '', replay: first?.replay }
}

test('a finding in the files is found again, and is gone once it is mended', async () => {
  const { exitCode, id, replay } = await prove()
  expect([exitCode, replay]).toEqual([1, `plimsoll replay ${id}`])
  const again = await say(cwd, 'replay', id)
  expect(again.exitCode).toBe(1)
  expect(again.out.replaceAll(id, '<id>')).toMatchInlineSnapshot(`
    "⦵ <id>  AWS secret access key is in a tracked file
      then  refuted · .env:4 · 7Pfh…
      now   refuted: AWS secret access key is in a tracked file · .env:4 · 7Pfh…
      reproduced
        AWS secret access key: .env:4
          AWS_SECRET_ACCESS_KEY=7Pfh…
    "
  `)
  for (const name of await readdir(join(cwd, 'shop'))) await rm(join(cwd, 'shop', name), { recursive: true })
  await cp(join(SPECIMEN, 'fixed'), join(cwd, 'shop'), { recursive: true })
  const mended = await say(cwd, 'replay', id)
  expect(mended.exitCode).toBe(0)
  expect(mended.out).toContain('not reproduced')
})

test('as JSON it says what was and what is', async () => {
  const { id } = await prove()
  const { out } = await say(cwd, 'replay', id, '--json')
  expect(JSON.parse(out)).toMatchObject({
    id,
    before: 'refuted',
    reproduced: true,
    judgement: { status: 'refuted' },
  })
})

test('an id that is none says which was meant', async () => {
  const { id } = await prove()
  const near = await say(cwd, 'replay', `${id}x`)
  expect(near.exitCode).toBe(2)
  expect(near.err).toMatch(/Did you mean "\w+"\?/)
})

test('without a Run it says how to make one', async () => {
  const { exitCode, err } = await say(cwd, 'replay', 'abcd')
  expect(exitCode).toBe(2)
  expect(err).toMatchInlineSnapshot(`
    "✖ There is no Run below .plimsoll/runs.
      Make one first: plimsoll prove
      E_NO_RUN · exit 2
    "
  `)
})

test('a folder that is gone is no bug', async () => {
  const { id } = await prove()
  await rm(join(cwd, 'shop'), { recursive: true })
  const { exitCode, err } = await say(cwd, 'replay', id)
  expect(exitCode).toBe(2)
  expect(err).toContain('E_NOT_A_FOLDER')
})

test('a Run of a version with another experiment says that it must be made again', async () => {
  const { id } = await prove()
  const [run = ''] = await readdir(join(cwd, '.plimsoll/runs'))
  const file = join(cwd, '.plimsoll/runs', run, 'run.json')
  expect(existsSync(file)).toBe(true)
  await writeFile(
    file,
    (await readFile(file, 'utf8')).replaceAll('"probe": "secret-leak"', '"probe": "old-name"'),
  )
  const { exitCode, err } = await say(cwd, 'replay', id)
  expect(exitCode).toBe(2)
  expect(err).toContain('this version has no experiment "old-name"')
})
