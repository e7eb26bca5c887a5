import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from '../../../../../test/support/repository.ts'
import { run } from '../../cli/run.ts'

const out = mkdtempSync(join(tmpdir(), 'plimsoll-handoff-'))
afterAll(() => rmSync(out, { recursive: true }))

/** Without the Runs that somebody may have made of it. */
const copyExample = () => {
  const from = join(root, 'examples/booking')
  cpSync(from, join(out, 'booking'), {
    recursive: true,
    filter: (file) => !/\/(?:node_modules|\.plimsoll)$/.test(file),
  })
}

const say = async (...words: string[]) => {
  const told = { out: '', err: '' }
  const context = {
    cwd: out,
    stdout: { write: (text: string) => (told.out += text) },
    stderr: { write: (text: string) => (told.err += text) },
    env: {},
    signal: new AbortController().signal,
  }
  return { code: await run(['handoff', ...words], context), ...told }
}

test('artifacts of the example are written, without a Run as well', async () => {
  copyExample()
  const { code, out: text } = await say('devops', '--dir', 'booking', '--out', 'given')
  expect({ code, text }).toMatchInlineSnapshot(`
    {
      "code": 0,
      "text": "  devops       given/devops/alerts.yaml
      devops       given/devops/Dockerfile
      devops       given/devops/.dockerignore
      devops       given/devops/compose.yaml
      devops       given/devops/dashboard.json
      devops       given/devops/kubernetes.yaml
      devops       given/devops/runbook.md

      Nothing was proved yet, so there is no figure in them: plimsoll prove
    ",
    }
  `)
  expect(readdirSync(join(out, 'given/devops')).sort()).toEqual([
    '.dockerignore',
    'Dockerfile',
    'alerts.yaml',
    'compose.yaml',
    'dashboard.json',
    'kubernetes.yaml',
    'runbook.md',
  ])
})

test('an unknown audience or artifact is told with what there is', async () => {
  expect((await say('marketing')).err).toContain('There is: devops, frontend, performance, security.')
  expect(await say('--only', 'poster')).toMatchObject({ code: 2 })
})
