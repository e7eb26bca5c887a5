import { spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { exportMarkdown } from './export-session.ts'
import type { Entry } from './journal.ts'
import { createJournal, openJournal } from './open-journal.ts'
import { readJournal } from './read-journal.ts'
import { findSession } from './session-places.ts'
import { listSessions } from './summarise.ts'

const root = mkdtempSync(join(tmpdir(), 'plimsoll-journal-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const BEGIN = { kind: 'begin', task: 'add refunds', agent: 'backend', model: 'x/y', version: 1 } as const
const note = (text: string) => ({ kind: 'note', text }) as const
const textsOf = (entries: readonly Entry[]) => entries.map((it) => (it.kind === 'note' ? it.text : it.kind))

test('what was appended is there for the next process, in order, also when it was appended at once', async () => {
  const journal = await createJournal(root)
  await journal.append(BEGIN)
  await Promise.all(Array.from({ length: 20 }, (_, index) => journal.append(note(`${index}`))))
  await journal.close()
  const again = await openJournal(root, journal.id)
  expect(textsOf(again.branch())).toEqual(['begin', ...Array.from({ length: 20 }, (_, index) => `${index}`)])
  expect(again.notes).toEqual([])
  await again.close()
})

test('going on from an earlier entry starts a branch; the other one stays in the file', async () => {
  const journal = await createJournal(root)
  await journal.append(BEGIN)
  const fork = await journal.append(note('fork'))
  await journal.append(note('first try'))
  journal.moveTo(fork.id)
  await journal.append(note('second try'))
  expect(textsOf(journal.branch())).toEqual(['begin', 'fork', 'second try'])
  await journal.close()
  const again = await openJournal(root, journal.id)
  expect(textsOf(again.branch())).toEqual(['begin', 'fork', 'second try'])
  expect(textsOf(again.all())).toEqual(['begin', 'fork', 'first try', 'second try'])
  expect(() => again.moveTo('e99')).toThrow('Nothing here is called "e99".')
  await again.close()
})

test('credentials never reach the file', async () => {
  const journal = await createJournal(root)
  await journal.append({
    kind: 'message',
    message: {
      role: 'assistant',
      text: 'I found postgres://app:hunter2hunter2@db.example.com/app',
      calls: [{ id: 'c1', tool: 'http', input: { headers: { Authorization: 'Bearer abcdefghijklmnop' } } }],
    },
  })
  await journal.close()
  const written = readFileSync(join(journal.dir, 'journal.jsonl'), 'utf8')
  expect(written).not.toMatch(/hunter2|abcdefghijkl/)
  expect(written).toContain('postgres://app:(redacted)@db.example.com/app')
})

test('a line that was cut short is passed over and told, and nothing is written onto it', async () => {
  const journal = await createJournal(root)
  await journal.append(BEGIN)
  await journal.append(note('whole'))
  await journal.append(note('cut short'))
  await journal.close()
  const file = join(journal.dir, 'journal.jsonl')
  truncateSync(file, readFileSync(file).length - 9)
  const again = await openJournal(root, journal.id)
  expect(again.notes).toEqual(['Line 3 of the journal was cut short by a crash and passed over.'])
  await again.append(note('after'))
  await again.close()
  expect(textsOf((await readJournal(file)).entries)).toEqual(['begin', 'whole', 'after'])
  const ids = (await readJournal(file)).entries.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('what follows an entry that is lost is passed over as well', async () => {
  const journal = await createJournal(root)
  await journal.append(BEGIN)
  await journal.close()
  const file = join(journal.dir, 'journal.jsonl')
  appendFileSync(file, `${JSON.stringify({ ...note('orphan'), id: 'e9', parent: 'e8', at: '' })}\n`)
  const read = await readJournal(file)
  expect([textsOf(read.entries), read.torn]).toEqual([['begin'], [2]])
})

test('one process writes a session; the claim of a dead one counts for nothing', async () => {
  const journal = await createJournal(root)
  await expect(openJournal(root, journal.id)).rejects.toMatchObject({
    code: 'E_SESSION_IN_USE',
    message: `Session ${journal.id} is being written by another process (${process.pid}).`,
  })
  await journal.close()
  writeFileSync(join(journal.dir, 'owner.json'), JSON.stringify({ pid: process.pid, started: 1 }))
  const opened = await Promise.allSettled([openJournal(root, journal.id), openJournal(root, journal.id)])
  expect(opened.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  for (const one of opened) if (one.status === 'fulfilled') await one.value.close()
})

const jiti = join(import.meta.dirname, '../../../../../node_modules/jiti/lib/jiti-cli.mjs')
const WRITER = `
  import { createJournal } from ${JSON.stringify(join(import.meta.dirname, 'open-journal.ts'))}
  const journal = await createJournal(${JSON.stringify(root)})
  process.stdout.write(journal.id + '\\n')
  for (let n = 0; ; n += 1) {
    await journal.append({ kind: 'note', text: n + ' ' + 'x'.repeat((n * 7919) % 40000) })
    process.stdout.write(n + '\\n')
  }`

const program = join(root, 'writer.ts')

/** Kills a process in the middle of its appends, once it has said that `after` of them are done. */
const killAfter = async (after: number): Promise<{ id: string; said: number }> => {
  const child = spawn(process.execPath, [jiti, program], { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  for await (const chunk of child.stdout) {
    out += chunk
    if (out.split('\n').length > after + 2) child.kill('SIGKILL')
  }
  const [id = '', ...lines] = out.split('\n')
  return { id, said: Number(lines.at(-2)) }
}

test('kill -9 in the middle of appends loses nothing that was acknowledged', {
  timeout: 60_000,
}, async () => {
  writeFileSync(program, WRITER)
  const killed = await Promise.all([0, 7, 60].map(killAfter))
  for (const { id, said } of killed) {
    const journal = await openJournal(root, id)
    const numbers = journal.branch().map((it) => (it.kind === 'note' ? Number(it.text.split(' ')[0]) : -1))
    expect(numbers).toEqual(numbers.map((_, index) => index))
    expect(numbers.length).toBeGreaterThan(said)
    await journal.append(note('resumed'))
    expect(journal.branch()).toHaveLength(numbers.length + 1)
    await journal.close()
  }
})

test('the list, the newest, and a part of an id', async () => {
  const journal = await createJournal(root, { now: () => new Date('2026-11-22T10:00:00Z') })
  await journal.append(BEGIN)
  await journal.append({ kind: 'spent', input: 1200, output: 300, dollars: 0.01 })
  await journal.append({ kind: 'checkpoint', snapshot: 'a', files: ['src/a.ts'] })
  await journal.append({ kind: 'end', outcome: 'proven', exitCode: 0 })
  await journal.close()
  const [newest] = await listSessions(root)
  expect(newest).toEqual({
    id: journal.id,
    at: '2026-11-22T10:00:00.000Z',
    task: 'add refunds',
    agent: 'backend',
    model: 'x/y',
    outcome: 'proven',
    exitCode: 0,
    steps: 1,
    tokens: 1500,
    dollars: 0.01,
  })
  expect(await findSession(root)).toBe(journal.id)
  expect(await findSession(root, journal.id.slice(9))).toBe(journal.id)
  await expect(findSession(join(root, 'empty'))).rejects.toMatchObject({ code: 'E_NO_SESSION' })
})

test('a session as a document', async () => {
  const journal = await createJournal(root, { now: () => new Date('2026-11-22T10:00:00Z') })
  await journal.append(BEGIN)
  await journal.append({ kind: 'message', message: { role: 'user', text: 'add refunds' } })
  const calls = [{ id: 'c1', tool: 'read', input: { path: 'src/a.ts' } }]
  await journal.append({ kind: 'message', message: { role: 'assistant', text: 'I look.', calls } })
  await journal.append({
    kind: 'message',
    message: { role: 'tool', call: 'c1', tool: 'read', text: '```js\nx\n```', failed: false },
  })
  await journal.append({ kind: 'checkpoint', snapshot: 'a', files: ['src/a.ts'] })
  await journal.append({ kind: 'end', outcome: 'proven', exitCode: 0 })
  await journal.close()
  expect(exportMarkdown(journal.branch())).toMatchInlineSnapshot(`
    "# add refunds

    backend · x/y · 2026-11-22T10:00:00.000Z

    ## You

    add refunds

    ## Agent

    I look.

    **read**

    \`\`\`json
    {
      "path": "src/a.ts"
    }
    \`\`\`

    ### read answered

    \`\`\`\`
    \`\`\`js
    x
    \`\`\`
    \`\`\`\`

    *Step e5: src/a.ts*

    **Ended: proven, exit 0**
    "
  `)
})
