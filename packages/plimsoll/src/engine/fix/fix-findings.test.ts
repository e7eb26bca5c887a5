import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { proveFolder } from '../../../../../test/support/prove-specimen.ts'
import { families } from '../../commands/families.ts'
import type { Fixer } from '../../fixers/define.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import type { Finding } from '../../model/verdict.ts'
import { fixFindings } from './fix-findings.ts'
import type { WriteRepair } from './fix-state.ts'
import { isFinding } from './propose-fixes.ts'

const SERVER = `import express from 'express'

const app = express()
app.use(express.json({ limit: '500mb' }))
app.get('/run', (req, res) => res.send(eval(req.query.code)))
app.listen(3000)
`
const LIMITED = SERVER.replace("{ limit: '500mb' }", '')
const UNVERIFIED = `process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'\n`
const PROBES = ['body-limit-off', 'eval-of-input', 'tls-verification-off']

let remove = () => {}
afterEach(() => remove())

/** Only what is read: no lab is needed to see how patches are kept and refused. */
const proved = async () => {
  const manifest = { name: 'shop', dependencies: { express: '^5.0.0' } }
  const fixture = writeFixture({ 'server.js': SERVER, 'package.json': manifest })
  remove = fixture.remove
  const run = await proveFolder(fixture.dir, PROBES)
  const findings = run.verdicts.filter(isFinding)
  const root = fixture.dir
  return { root, run, findings, of: (probe: string) => findings.filter((one) => one.probe === probe) }
}

const fixer = (probe: string, ...changes: ((text: string) => string)[]): Fixer => ({
  ...{ id: `for-${probe}`, title: 'tries', repairs: [probe] },
  propose: async (finding, source) => {
    const before = source.text('server.js') ?? ''
    const offered = changes.map((change) => ({ before, after: change(before) }))
    return offered
      .filter(({ after }) => after !== before)
      .map((texts) => ({
        ...{ finding: finding.id, title: 'changes it', by: `for-${probe}` },
        changes: [{ file: 'server.js', ...texts }],
      }))
  },
})

type Here = Awaited<ReturnType<typeof proved>>

const fixWith = (
  { root, run }: Here,
  findings: Finding[],
  writeRepair: WriteRepair | null,
  ...fixers: Fixer[]
) =>
  fixFindings({
    ...(writeRepair !== null && { writeRepair }),
    ...{ root, run, findings, fixers, families, config: {}, whole: true, budgetSeconds: 60, install: false },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })

const fix = (here: Here, findings: Finding[], ...fixers: Fixer[]) => fixWith(here, findings, null, ...fixers)

const bound = (text: string) => text.replace("{ limit: '500mb' }", '')
const comment = (text: string) => `${text}// limit\n`
const unverify = (text: string) => `${bound(text)}${UNVERIFIED}`

test('what does not help is refused with what is seen, and the next proposal is tried', async () => {
  const here = await proved()
  const refused = await fix(here, here.of('body-limit-off'), fixer('body-limit-off', comment))
  expect(refused.fixed).toMatchObject([{ outcome: 'refused', comparison: null }])
  expect(refused.fixed[0]?.reason).toMatchInlineSnapshot(
    `"with the patch it is refuted: json limit takes 50 MB or more from everybody"`,
  )
  const next = await fix(here, here.of('body-limit-off'), fixer('body-limit-off', comment, bound))
  expect(next.fixed).toMatchObject([{ outcome: 'fixed', comparison: { accepted: true, worse: [] } }])
  expect(next.patches[0]?.changes[0]?.after).toBe(LIMITED)
  expect(readFileSync(join(here.root, 'server.js'), 'utf8')).toBe(SERVER)
})

test('what helps and makes something else worse is refused, and the others stay', async () => {
  const here = await proved()
  const replaceEval = (text: string) => text.replace('eval(req.query.code)', "'no'")
  const { fixed, patches } = await fix(
    here,
    here.findings,
    fixer('body-limit-off', unverify),
    fixer('eval-of-input', replaceEval),
  )
  const told = fixed.map(({ finding, outcome }) => [
    here.findings.find(({ id }) => id === finding)?.probe,
    outcome,
  ])
  expect(Object.fromEntries(told)).toEqual({ 'body-limit-off': 'refused', 'eval-of-input': 'fixed' })
  expect(fixed.find(({ outcome }) => outcome === 'refused')?.reason).toMatch(/^it makes something worse: /)
  expect(patches.map(({ by }) => by)).toEqual(['for-eval-of-input'])
})

test('a finding that another repair mends is told so, and one without a fixer, too', async () => {
  const here = await proved()
  const both = (text: string) => bound(text).replace('eval(req.query.code)', "'no'")
  const { fixed } = await fix(here, here.findings, fixer('body-limit-off', both))
  expect(fixed.map(({ outcome }) => outcome)).toEqual(['fixed', 'fixed'])
  const none = await fix(here, here.findings)
  expect(none.fixed.map(({ outcome }) => outcome)).toEqual(['no-fixer', 'no-fixer'])
  expect(none.after).toBeNull()
})

test('what no fixer has is written, on the repairs before it, and proved like them', async () => {
  const here = await proved()
  const seen: string[] = []
  const write =
    (change: (text: string) => string): WriteRepair =>
    async ({ id, probe }, root) => {
      const before = readFileSync(join(root, 'server.js'), 'utf8')
      seen.push(`${probe}, ${before === LIMITED ? 'bounded' : 'as it was'}`)
      const changes = [{ file: 'server.js', before, after: change(before) }]
      return { finding: id, title: 'written', by: 'somebody', changes }
    }
  const limit = fixer('body-limit-off', bound)
  const good = await fixWith(
    here,
    here.findings,
    write((text) => text.replace('eval(req.query.code)', "'no'")),
    limit,
  )
  expect(good.fixed.map(({ outcome }) => outcome)).toEqual(['fixed', 'fixed'])
  expect(good.patches.map(({ by }) => by).sort()).toEqual(['for-body-limit-off', 'somebody'])
  expect(seen).toEqual(['eval-of-input, bounded'])
  const useless = await fixWith(here, here.findings, write(comment), limit)
  expect(useless.fixed.map(({ outcome }) => outcome).sort()).toEqual(['fixed', 'refused'])
  expect(useless.fixed.find(({ outcome }) => outcome === 'refused')).toMatchObject({
    reason: expect.stringMatching(/^with the patch it is refuted: /),
    patch: { by: 'somebody' },
  })
  const silent = await fixWith(here, here.findings, async () => ({ reason: 'it changed nothing' }), limit)
  expect(silent.fixed.find(({ outcome }) => outcome === 'refused')?.reason).toBe('it changed nothing')
})
