import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { families } from '../../packages/plimsoll/src/commands/families.ts'
import { driveSession } from '../support/model-server-session.ts'
import { openTestDoor } from '../support/open-test-door.ts'
import { root } from '../support/repository.ts'

const SPECIMEN = join(root, 'specimens/express/race-lost-update')
const ROUTE = /app\.post\('\/accounts\/:id\/deposit'[\s\S]*?\n\}\)\n\n/

const routeOf = (twin: 'broken' | 'fixed') =>
  ROUTE.exec(readFileSync(join(SPECIMEN, twin, 'server.js'), 'utf8'))?.[0] ?? ''

/** One experiment that refutes, one that does not, and one inspection: enough to decide, and soon over. */
const PROBES = ['race', 'torn-write', 'sql-concatenation']
const few = {
  ...families,
  experiments: families.experiments.filter(({ id }) => PROBES.includes(id)),
  inspections: families.inspections.filter(({ id }) => PROBES.includes(id)),
}

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-agent-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The specimen without its route: what an agent is asked to build. */
const makeWorkspace = () => {
  cpSync(join(SPECIMEN, 'fixed'), folder, { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const file = join(folder, 'server.js')
  writeFileSync(file, readFileSync(file, 'utf8').replace(ROUTE, ''))
}

const BEFORE = 'app.use((error, _req, res, _next) => {'

test('a route that races is built, refuted, repaired and proven, by the real engine', async () => {
  makeWorkspace()
  const door = await openTestDoor(folder, { families: few })
  const { outcome, events, server } = await driveSession(folder, {
    door,
    families: few,
    task: 'Add POST /accounts/:id/deposit.',
    proveSeconds: 200,
    script: [
      {
        calls: [
          {
            tool: 'edit',
            input: { path: 'server.js', find: BEFORE, replace: `${routeOf('broken')}${BEFORE}` },
          },
        ],
      },
      { text: 'Deposits work and are fully tested.' },
      {
        calls: [
          { tool: 'edit', input: { path: 'server.js', find: routeOf('broken'), replace: routeOf('fixed') } },
        ],
      },
      { text: 'One statement adds the amount now.' },
    ],
  })
  const said = events.flatMap((event) => (event.kind === 'obligations' ? [event.obligations] : []))
  const race = said.map((obligations) => obligations.find(({ probe }) => probe === 'race')?.state)
  expect(race).toContain('refuted')
  expect(JSON.stringify(server.requests[2]?.body.messages.at(-1))).toContain('lost update')
  expect(outcome, JSON.stringify(outcome.obligations, null, 1)).toMatchObject({ kind: 'proven', exitCode: 0 })
  expect(outcome.changed).toEqual(['server.js'])
})
