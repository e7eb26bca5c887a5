import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openProject } from '../../instruments/source/open-project.ts'
import type { System } from '../../model/system.ts'
import standard from '../../standards/security.transport-storage/index.ts'
import secretLeak from './index.ts'

const system: System = {
  name: 'ledger',
  commit: null,
  dirty: false,
  services: [],
  infra: [],
  contracts: [],
  workspaces: [],
  files: { read: 0, bytes: 0 },
  problems: [],
}

const inspect = async (path: string, signal = new AbortController().signal) => {
  const source = await openProject(fileURLToPath(new URL(`../../../../../${path}`, import.meta.url)))
  const seen = await secretLeak.inspect(system, source, { signal })
  return { seen, judged: secretLeak.judge(secretLeak.observes.parse(seen), standard) }
}

test('the broken twin leaks three credentials, none of which is kept', async () => {
  const { seen, judged } = await inspect('specimens/express/secret-leak/broken')
  expect(judged.map((one) => [one.status, one.tier, one.severity, one.subject])).toEqual([
    ['refuted', 'defect', 'critical', '.env: Password for db.ledger-books.io'],
    ['refuted', 'defect', 'critical', '.env: AWS secret access key'],
    ['refuted', 'defect', 'high', 'archive.js: AWS access key id'],
  ])
  expect(judged[2]?.detail).toBe('archive.js:4 · AKIA…')
  expect(JSON.stringify(seen)).not.toMatch(/AKIA[A-Z0-9]/)
})

test('the fixed twin is proven, and what that leaves open is said', async () => {
  const { judged } = await inspect('specimens/express/secret-leak/fixed')
  expect(judged.map((one) => one.status)).toEqual(['proven'])
  expect(judged[0]?.notCovered).toContain('git history')
})

test('suspicions stand beside the proof and do not refute it', async () => {
  const leak = {
    kind: 'assignment',
    name: 'Value of apiKey',
    place: { file: 'src/mail.js', line: 3 },
    redacted: 'a1b2…',
    excerpt: "apiKey: 'a1b2…'",
    severity: 'medium' as const,
    certain: false,
  }
  const judged = secretLeak.judge({ files: 9, unread: 0, leaks: [leak] }, standard)
  expect(judged.map((one) => [one.status, one.tier])).toEqual([
    ['proven', undefined],
    ['refuted', 'suspicion'],
  ])
})

test('an aborted inspection says what it did not read', async () => {
  const { judged } = await inspect('specimens/express/secret-leak/fixed', AbortSignal.abort())
  expect(judged[0]?.notCovered[0]).toMatch(/^\d files: the time ran out$/)
})
