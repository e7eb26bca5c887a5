import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from '../../../../../test/support/repository.ts'
import { run } from '../../cli/run.ts'

const out = mkdtempSync(join(tmpdir(), 'plimsoll-handoff-'))
afterAll(() => rmSync(out, { recursive: true }))

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
  const { code, out: text } = await say('devops', '--dir', join(root, 'examples/booking'), '--out', 'given')
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

      Figures are those of Run 20261123-4846-2.
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
