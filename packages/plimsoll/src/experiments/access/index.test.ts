import { expect, test } from 'vitest'
import { lines } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/security.authorization/index.ts'
import experiment from './index.ts'
import type { Cell, Kind, Seen, Trial } from './seen.ts'

const cell = (principal: string, status: number, parts: Partial<Cell> = {}): Cell => ({
  ...{ principal, status, shows: [], harm: [], limited: false },
  ...parts,
})

const shows = (...fields: string[]) => ({ shows: fields })
const harm = (...fields: string[]) => ({ harm: fields })
const TITLE = shows('note.title')

const trial = (operation: string, parts: Partial<Trial>): Trial => {
  const [method = '', path = ''] = operation.split(' ')
  return {
    ...{ operation, method, path, place: null, kin: 'note', object: "A's", named: 'path', id: 'guessable' },
    ...{
      effect: method === 'GET' ? 'read' : 'write',
      own: cell('A', 200, method === 'GET' ? TITLE : harm('title')),
    },
    ...{
      others: [cell('anonymous', 401), cell('B', 404)],
      theirs: null,
      missing: cell('B', 404),
      proofs: [],
    },
    ...{ declared: false, open: false },
    ...parts,
  }
}

const others = (b: Cell, anonymous = cell('anonymous', 401)) => ({ others: [anonymous, b] })

/** A list that shows each account its own. */
const ownList = trial('GET /notes', {
  kin: null,
  object: 'none',
  theirs: cell('B', 200, TITLE),
  ...others(cell('B', 200)),
})
/** A list that shows everything to every account. */
const sharedList = trial('GET /notes', {
  kin: null,
  object: 'none',
  theirs: cell('B', 200, TITLE),
  ...others(cell('B', 200, TITLE)),
})
const publicList = trial('GET /notes', {
  ...{ kin: null, object: 'none', theirs: cell('B', 200, TITLE) },
  ...others(cell('B', 200, TITLE), cell('anonymous', 200, TITLE)),
})

const owned: Kind = {
  ...{ kin: 'note', maker: 'POST /notes', path: '/notes', account: false },
  owner: { field: 'owner_id', strength: 'strong' },
}
const authored: Kind = { ...owned, owner: { field: 'author_id', strength: 'weak' } }
const nobodys: Kind = { ...owned, owner: null }

const judge = (trials: Trial[], kinds: Kind[] = [owned]) => {
  const seen: Seen = {
    ...{ reason: '', privileged: false, kinds, trials, skipped: [], requests: 10 },
    principals: ['anonymous', 'A', 'B'].map((name) => ({ name, role: name === 'anonymous' ? null : 'user' })),
  }
  return experiment.judge(experiment.observes.parse(seen), standard)
}
const said = (trials: Trial[], kinds?: Kind[]) => lines(judge(trials, kinds))

const readByB = trial('GET /notes/:id', others(cell('B', 200, TITLE)))
const writtenByB = (method: string) => trial(`${method} /notes/:id`, others(cell('B', 200, harm('title'))))
const refused = (method: string) => trial(`${method} /notes/:id`, others(cell('B', 403)))

test('an object that a list shows to its owner only, read by another account, is a defect', () => {
  const [found] = judge([ownList, readByB])
  expect(found).toMatchObject({
    ...{ status: 'refuted', tier: 'defect', severity: 'high', cwe: 639 },
    title: "Another account can read somebody else's note",
    detail:
      "B is answered 200 with A's note.title · GET /notes shows each account its own · an id that does not exist answers 404",
  })
})

test('an id that nobody guesses lowers the severity', () => {
  const [found] = judge([ownList, { ...readByB, id: 'unguessable' }])
  expect(found).toMatchObject({ status: 'refuted', severity: 'medium' })
  expect(found?.detail).toContain('it must be known')
})

test.each([
  [
    'anybody may read it',
    [trial('GET /notes/:id', others(cell('B', 200, TITLE), cell('anonymous', 200, TITLE)))],
  ],
  ['a list shows it to every account', [sharedList, readByB]],
  ['others may read, and not write', [readByB, refused('PUT')]],
  ['the configuration says that it is open', [ownList, { ...readByB, open: true }]],
  [
    'an administrator sees it',
    [ownList, trial('GET /notes/:id', { others: [cell('B', 404), cell('admin', 200, TITLE)] })],
  ],
  ['200 with nothing in it', [ownList, trial('GET /notes/:id', others(cell('B', 200)))]],
  ['a write into a namespace of its own', [ownList, trial('PUT /notes/:id', others(cell('B', 200)))]],
  ['everybody may write, and no object has an owner', [sharedList, readByB, writtenByB('PUT')], nobodys],
  ['everybody of a workspace may write', [sharedList, readByB, writtenByB('PUT'), writtenByB('DELETE')]],
  [
    'a POST that is meant for others',
    [sharedList, readByB, trial('POST /notes/:id/like', others(cell('B', 200, harm('likes'))))],
  ],
  [
    'more than one may ask within the limit',
    [ownList, trial('GET /notes/:id', others(cell('B', 429, { limited: true })))],
  ],
])('nobody is accused where %s', (_, trials, kind = owned) => {
  expect(judge(trials, [kind]).filter(({ status }) => status === 'refuted')).toEqual([])
})

test('where nobody is ever refused, it is asked', () => {
  expect(said([readByB], [nobodys])).toEqual(['inconclusive GET /notes/:id'])
  expect(said([readByB], [owned])).toEqual(['refuted suspicion GET /notes/:id'])
})

test.each([
  ['a private object', [ownList, refused('DELETE'), writtenByB('PUT')], owned],
  ['one whose reads refuse others', [trial('GET /notes/:id', {}), writtenByB('PATCH')], nobodys],
  ['a public one that others may not change', [publicList, refused('PUT'), writtenByB('DELETE')], authored],
  ['a shared one that others may not change', [sharedList, refused('PUT'), writtenByB('DELETE')], owned],
  ['a public one with an owner', [publicList, writtenByB('PUT')], owned],
])('a write to %s is a defect', (_, trials, kind) => {
  expect(said(trials, [kind]).filter((line) => line.startsWith('refuted defect'))).toHaveLength(1)
})

test('to delete a shared object may be more than to change it', () => {
  expect(said([sharedList, writtenByB('PUT'), refused('DELETE')])).toEqual([
    'inconclusive PUT /notes/:id',
    'proven DELETE /notes/:id',
  ])
})

test('who is not logged in, and changes what others must log in for, is worse', () => {
  const open = trial(
    'DELETE /notes/:id',
    others(cell('B', 200, harm('gone')), cell('anonymous', 200, harm('gone'))),
  )
  const found = judge([sharedList, open]).find(({ status }) => status === 'refuted')
  expect(found).toMatchObject({
    severity: 'critical',
    title: "Who is not logged in can delete somebody else's note",
  })
})

test('a parent of its own opens nothing', () => {
  const direct = trial('GET /projects/:id/tasks/:taskId', {
    kin: 'task',
    own: cell('A', 200, shows('task.title')),
  })
  const crossed = {
    ...direct,
    object: "A's under B's parent",
    others: [cell('B', 200, shows('task.title'))],
    missing: null,
  }
  const found = judge([direct, crossed]).find(({ status }) => status === 'refuted')
  expect(found).toMatchObject({
    title: "Another account can read somebody else's task, by naming a parent of its own",
  })
})

test('a password is nobody else’s, wherever it is shown', () => {
  const debug = trial('GET /debug', {
    kin: null,
    object: 'none',
    ...others(cell('B', 200, shows('user.password')), cell('anonymous', 200, shows('user.password'))),
  })
  expect(judge([debug])[0]).toMatchObject({
    severity: 'critical',
    title: 'Who is not logged in can read passwords of accounts',
  })
})

test('without two accounts it does not apply', () => {
  const nothing: Seen = {
    reason: 'none',
    privileged: false,
    principals: [],
    kinds: [],
    trials: [],
    skipped: [],
    requests: 0,
  }
  expect(lines(experiment.judge(nothing, standard))).toEqual(['not-applicable accounts'])
})
