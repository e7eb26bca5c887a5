import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { say } from '../../../../../test/support/say.ts'
import { git } from '../../instruments/source/git.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'

const document = (text: string, version = '1.0.0') => `openapi: 3.1.0
info: { title: Notes, version: ${version} }
paths:
  /notes:
    post:
      requestBody: { required: true, content: { application/json: { schema: ${text} } } }
      responses: { 201: { description: made } }
`
const OLD = '{ type: object, required: [title], properties: { title: { type: string, enum: [a, b] } } }'
const NEW = OLD.replace('[title]', '[title, owner]').replace(', b]', ']')

const fixture = writeFixture({
  'openapi.yaml': document(OLD),
  'docs/other.yaml': document(NEW),
  'docs/next.yaml': document(NEW, '2.0.0'),
  'text.yaml': 'just: text',
})
const { dir } = fixture
afterAll(() => fixture.remove())

beforeAll(async () => {
  await git(dir, ['init', '--quiet', '--initial-branch=main'])
  await git(dir, ['add', 'openapi.yaml'])
  await git(dir, [
    '-c',
    'user.name=Ada',
    '-c',
    'user.email=ada@example.com',
    'commit',
    '--quiet',
    '-m',
    'one',
  ])
})

test('two files: each change with the request that shows it', async () => {
  const { exitCode, out } = await say(dir, 'api-diff', 'openapi.yaml', 'docs/other.yaml')
  expect(exitCode).toBe(1)
  expect(out).toMatchInlineSnapshot(`
    "⦵ 2 breaking changes
      docs/other.yaml: 1 operation of openapi.yaml, held against docs/other.yaml

      ✖ POST /notes, body: owner is required now, and was not there
          request: {"title":"a"}
          refused: must have required property 'owner'
      ✖ POST /notes, body: title no longer takes "b"
          request: {"title":"b","owner":160}
          refused: /title must be equal to one of the allowed values: "a"
    "
  `)
})

describe.sequential('a commit, and a file of it', () => {
  test.each([['main'], ['HEAD:openapi.yaml', 'openapi.yaml'], ['main', 'main:openapi.yaml']])(
    'api-diff %s %s',
    async (...words) => {
      const { exitCode, out } = await say(dir, 'api-diff', ...words.filter((word) => word !== undefined))
      expect(out).toContain('⦵ nothing breaks')
      expect(exitCode).toBe(0)
    },
  )

  test('the working tree has changed', async () => {
    writeFileSync(join(dir, 'openapi.yaml'), document(NEW))
    const { exitCode, out } = await say(dir, 'api-diff', 'main', 'openapi.yaml', '--json')
    expect(exitCode).toBe(1)
    expect(JSON.parse(out)).toMatchObject([
      { document: 'openapi.yaml', base: 'main', changes: [{ rule: 'required' }, { rule: 'enum' }] },
    ])
  })
})

test('a new major version announces its breaks', async () => {
  const { exitCode, out } = await say(dir, 'api-diff', 'main:openapi.yaml', 'docs/next.yaml')
  expect(exitCode).toBe(0)
  expect(out).toContain('the first number of its version went up')
})

describe('mistakes end with 2', () => {
  test.each([
    [['nowhere'], '"nowhere" is neither a file nor a commit, branch or tag, nor ref:file'],
    [['openapi.yaml', 'text.yaml'], 'text.yaml is no OpenAPI document in text.yaml'],
    [['main', '.', '--dir', 'gone'], 'gone is not a folder that can be read.'],
  ])('%j', async (words, message) => {
    const { exitCode, out, err } = await say(dir, 'api-diff', ...words)
    expect([exitCode, out]).toEqual([2, ''])
    expect(err.startsWith(`✖ ${message}\n`), err).toBe(true)
  })
})
