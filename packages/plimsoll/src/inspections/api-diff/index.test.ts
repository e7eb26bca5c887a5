import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { git } from '../../instruments/source/git.ts'
import { openProject } from '../../instruments/source/open-project.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import type { ContractWishes } from '../../model/config.ts'
import type { System } from '../../model/system.ts'
import standard from '../../standards/api.contract/index.ts'
import inspection from './index.ts'

const fixture = writeFixture({ 'package.json': { name: 'notes' } })
const { dir } = fixture
afterAll(() => fixture.remove())

const NOTES = `
openapi: 3.1.0
info: { title: Notes, version: 1.2.0 }
paths:
  /notes:
    post:
      requestBody:
        content: { application/json: { schema: { $ref: './note.yaml' } } }
      responses: { 201: { description: made } }
  /notes/{id}:
    get: { responses: { 200: { description: it } } }
`
const NOTE = 'type: object\nproperties: { text: { type: string, maxLength: 100 } }\n'

const write = (files: Record<string, string>) => {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(dir, file), text)
}
const commit = async (files: Record<string, string>) => {
  write(files)
  await git(dir, ['add', '.'])
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
  await git(dir, [...author, 'commit', '--quiet', '--message', 'change'])
}

const inspect = async (contract?: ContractWishes, routes: string[] = []) => {
  const source = await openProject(dir)
  const files = source.files.filter((file) => /openapi.*\.yaml$/.test(file))
  const system = {
    contracts: files.map((file) => ({ kind: 'openapi', file, version: '3.1.0', operations: 2 })),
    services: [{ routes: routes.map((path) => ({ method: 'GET', path })) }],
  } as unknown as System
  const { signal } = new AbortController()
  const seen = await inspection.inspect(system, source, { signal, contract })
  return inspection
    .judge(inspection.observes.parse(JSON.parse(JSON.stringify(seen))), standard)
    .map(({ status, tier, subject, detail, title, places }) => ({
      status,
      tier,
      subject,
      detail,
      title,
      places,
    }))
}

describe.sequential('a document in its repository', () => {
  test('without one, and without an earlier state, there is nothing to say', async () => {
    expect(await inspect()).toMatchObject([{ status: 'not-applicable' }])
    write({ 'openapi.yaml': NOTES, 'note.yaml': NOTE })
    expect(await inspect()).toMatchObject([{ status: 'not-applicable' }])
    await git(dir, ['init', '--quiet', '--initial-branch=main'])
    await commit({})
  })

  test('a change that breaks nothing', async () => {
    write({ 'openapi.yaml': NOTES.replace('get: {', 'put: { responses: {} }\n    get: {') })
    expect(await inspect()).toMatchObject([
      {
        status: 'proven',
        subject: 'openapi.yaml',
        detail: '2 operations of HEAD held against the document',
      },
    ])
  })

  test('one in a file that it refers to, on a branch', async () => {
    write({ 'openapi.yaml': NOTES })
    await git(dir, ['checkout', '--quiet', '-b', 'shorter'])
    await commit({ 'note.yaml': NOTE.replace('100', '50') })
    expect(await inspect()).toEqual([
      {
        status: 'refuted',
        tier: 'defect',
        subject: 'POST /notes body text bound',
        title: 'POST /notes, body: text: maxLength 100 became maxLength 50',
        detail: 'openapi.yaml against main',
        places: [{ file: 'openapi.yaml', line: 6 }],
      },
    ])
  })

  test('a base that is declared: a commit, a file at a commit, a file', async () => {
    await commit({ 'openapi.old.yaml': NOTES.replace('/notes/{id}', '/notes/{id}/all') })
    const document = 'openapi.yaml'
    expect(await inspect({ document, base: 'HEAD' })).toMatchObject([{ status: 'proven' }])
    const gone = [
      { subject: 'GET /notes/:id/all operation-removed', detail: 'openapi.yaml against openapi.old.yaml' },
    ]
    expect(await inspect({ document, base: 'openapi.old.yaml' })).toMatchObject(gone)
    const [first] = await inspect({ document, base: 'HEAD:openapi.old.yaml' })
    expect(first).toMatchObject({ tier: 'defect', detail: 'openapi.yaml against HEAD' })
    expect(await inspect({ document, base: 'nowhere' })).toMatchObject([{ status: 'not-applicable' }])
  })

  test('a new major version says that it breaks', async () => {
    const { info, ...rest } = parse(NOTES)
    await commit({ 'openapi.yaml': stringify({ ...rest, info: { ...info, version: '2.0.0' } }) })
    expect(await inspect({ document: 'openapi.yaml', base: 'main' })).toMatchObject([
      { status: 'proven' },
      { status: 'refuted', tier: 'advice' },
    ])
  })

  test('a document of another API is left alone', async () => {
    expect(await inspect(undefined, ['/pets'])).toMatchObject([{ status: 'not-applicable' }])
  })
})
