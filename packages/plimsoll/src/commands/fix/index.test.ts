import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openModelServer, type Script } from '../../../../../test/support/model-server.ts'
import { root } from '../../../../../test/support/repository.ts'
import { say } from '../../../../../test/support/say.ts'
import { run } from '../../cli/run.ts'
import { Run } from '../../model/run.ts'

let cwd = ''
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'fix-'))
  cpSync(join(root, 'specimens/express/body-limit-off/broken'), join(cwd, 'shop'), { recursive: true })
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const server = () => readFileSync(join(cwd, 'shop/server.js'), 'utf8')
const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd, encoding: 'utf8' })

/** What is read needs no lab, so each of these tests is short. */
const prove = async () => {
  const { out } = await say(cwd, 'prove', 'shop', '--only', 'body-limit-off', '--json')
  return Run.parse(JSON.parse(out)).verdicts.find(({ status }) => status === 'refuted')?.id ?? ''
}

test('a repair is proved, and kept as a patch that git applies', async () => {
  const id = await prove()
  const before = server()
  const { exitCode, out } = await say(cwd, 'fix', id)
  expect(out.replaceAll(id, '<id>')).toMatchInlineSnapshot(`
    "  ✔ <id>  json limit takes 50 MB or more from everybody
              body-bound: Refuse bodies beyond a limit · server.js
              fixed and proven: the probe sees it no more · no test: no single
              request shows the finding, or its test is there already
              patch .plimsoll/fixes/<id>.patch

      1 of 1 fixed and proven
      next   git apply .plimsoll/fixes/all.patch
    "
  `)
  expect(exitCode).toBe(0)
  expect(server()).toBe(before)
  execFileSync('git', ['apply', '.plimsoll/fixes/all.patch'], { cwd })
  expect(server()).toContain("express.json({ limit: '1mb' })")
  expect(
    readFileSync(join(cwd, `.plimsoll/fixes/${id}.patch`), 'utf8')
      .replaceAll(id, '<id>')
      .replace(/Run \d{8}/, 'Run <day>')
      .split('--- a/')[0],
  ).toMatchInlineSnapshot(`
    "Refuse bodies beyond a limit

    json limit takes 50 MB or more from everybody (server.js: json limit).
    Before: refuted, 1 of 1 · server.js:4 · app.use(express.json({ limit: '500mb' }))
    After:  proven with seed 1 · the probe sees it no more · no test: no single request shows the finding, or its test is there already
    Nothing that was proven before became worse (Run <day>-work).
    Replay: plimsoll replay <id>

    "
  `)
})

test('--apply writes it into the working tree, and the next one says that it is gone', async () => {
  const id = await prove()
  expect((await say(cwd, 'fix', id, '--apply')).exitCode).toBe(0)
  expect(server()).toContain("express.json({ limit: '1mb' })")
  const again = await say(cwd, 'fix', id, '--json')
  expect(again.exitCode).toBe(0)
  expect(JSON.parse(again.out).fixed).toMatchObject([{ finding: id, outcome: 'gone', patch: null }])
})

test('--commit wants a clean tree, and says in the commit what was proved', async () => {
  git('init', '-q')
  writeFileSync(join(cwd, '.gitignore'), '.plimsoll\n')
  git('add', '.')
  git('commit', '-qm', 'as it was')
  git('config', 'user.name', 'a')
  git('config', 'user.email', 'a@b')
  const id = await prove()
  writeFileSync(join(cwd, 'shop/note.txt'), 'mine')
  const refused = await say(cwd, 'fix', id, '--commit')
  expect([refused.exitCode, refused.err]).toEqual([2, expect.stringContaining('--commit wants a clean tree')])
  rmSync(join(cwd, 'shop/note.txt'))
  expect((await say(cwd, 'fix', id, '--commit')).exitCode).toBe(0)
  expect(git('log', '--format=%s', '-1').trim()).toBe('Refuse bodies beyond a limit')
  expect(git('log', '--format=%b', '-1')).toContain('After:  proven with seed 1')
  expect(git('status', '--porcelain')).toBe('')
})

test('where there is no fixer it says so, and ends with 1', async () => {
  const limit = server().replace("'500mb'", 'LIMIT').replace('const app', "const LIMIT = '500mb'\nconst app")
  writeFileSync(join(cwd, 'shop/server.js'), limit)
  const id = await prove()
  const { exitCode, out } = await say(cwd, 'fix', id)
  expect(exitCode).toBe(1)
  expect(out).toContain('no fixer: no fixer has anything to offer for this code')
  expect(existsSync(join(cwd, '.plimsoll/fixes'))).toBe(false)
})

const LIMIT = ['const app', "const LIMIT = '500mb'\nconst app"] as const

/** A finding without a fixer, and a model that answers with these turns. */
const withModel = async (script: Script) => {
  writeFileSync(
    join(cwd, 'shop/server.js'),
    server()
      .replace("'500mb'", 'LIMIT')
      .replace(...LIMIT),
  )
  const model = await openModelServer(script)
  const agent = { model: 'compatible/scripted', baseUrl: model.url }
  writeFileSync(join(cwd, 'shop/plimsoll.config.json'), JSON.stringify({ agent }))
  return { id: await prove(), model }
}

test('--model has the rest written in a copy, and only the engine says that it helps', async () => {
  const edit = { path: 'server.js', find: "'500mb'", replace: "'1mb'" }
  const turns = [{ calls: [{ tool: 'edit', input: edit }] }, { text: 'It is repaired.' }]
  const { id, model } = await withModel((_, index) => turns[index] ?? { text: 'I have nothing to add.' })
  const before = server()
  try {
    const { exitCode, out, err } = await say(cwd, 'fix', id, '--model')
    expect(err).toBe('')
    expect(out.replaceAll(id, '<id>').replace(/model {2}.*/, 'model  <spent>')).toMatchInlineSnapshot(`
      "  ✔ <id>  json limit takes 50 MB or more from everybody
                compatible/scripted: Repair "json limit takes 50 MB or more from
                everybody" · server.js
                fixed and proven: the probe sees it no more · no test: no single
                request shows the finding, or its test is there already
                patch .plimsoll/fixes/<id>.patch

        1 of 1 fixed and proven
        model  <spent>
        next   git apply .plimsoll/fixes/all.patch
      "
    `)
    expect([exitCode, server()]).toEqual([0, before])
    expect(JSON.stringify(model.requests[0]?.body.messages)).toContain(`Repair the finding ${id}`)
    expect(readFileSync(join(cwd, `.plimsoll/fixes/${id}.session.jsonl`), 'utf8')).toContain(
      'It is repaired.',
    )
  } finally {
    await model.close()
  }
})

test('a model that changes nothing mends nothing, whatever it says', async () => {
  const { id, model } = await withModel(() => ({ text: 'It is repaired and proven.' }))
  try {
    const { exitCode, out } = await say(cwd, 'fix', id, '--model', '--spend', '200k', '--json')
    const [fixed] = JSON.parse(out).fixed
    expect([exitCode, fixed.outcome]).toEqual([1, 'refused'])
    expect(fixed.reason).toMatchInlineSnapshot(
      `"compatible/scripted changed nothing: The task asks for a change, and no file was changed."`,
    )
  } finally {
    await model.close()
  }
})

test('stopped, it leaves everything as it was', async () => {
  const id = await prove()
  const before = server()
  let err = ''
  const streams = { stdout: { write: () => true }, stderr: { write: (text: string) => (err += text) } }
  const context = { cwd, ...streams, env: {}, signal: AbortSignal.abort('SIGTERM') }
  expect(await run(['fix', id, '--apply'], context)).toBe(143)
  expect(err).toBe('  interrupted: nothing was written\n')
  expect([server(), existsSync(join(cwd, '.plimsoll/fixes'))]).toEqual([before, false])
})

test.each([
  [['fix'], 'name a finding, or say --all'],
  [['fix', 'zzzz'], 'Nothing here is called "zzzz"'],
  [['fix', '--all', '--apply', '--commit'], '--apply or --commit, not both'],
  [['fix', '--all', '--spend', '$2'], '--spend is for --model'],
  [['fix', '--all', '--model', '--spend', 'much'], '"much" is none of $2, 200k (tokens), 30m'],
])('%j is refused', async (words, message) => {
  await prove()
  const { exitCode, err } = await say(cwd, ...words)
  expect([exitCode, err]).toEqual([2, expect.stringContaining(message)])
})
