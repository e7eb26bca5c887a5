import { parseJson } from '../../base/json/parse-json.ts'
import { changesData } from '../../lab/speak/changing-reads.ts'
import { createHarvest } from '../../lab/speak/harvest.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import { thingsIn } from '../../lab/speak/things.ts'
import type { Actor } from './actors.ts'
import type { Bench } from './bench.ts'
import type { Planted } from './plant.ts'
import { fieldsOf, kinAt, type Thing } from './thing.ts'

const PERSONAL =
  /\/(?:me|self|whoami|who-am-i|profile|account|current|current[-_]?user|user|my[-_]?(?:profile|account))\/?$/i
const ALIASES = [
  'account',
  'customer',
  'member',
  'profile',
  'owner',
  'author',
  'person',
  'student',
  'patient',
  'username',
  'email',
  'login',
  'handle',
]
const NAMES = /^(?:_?id|uuid|user_?id|uid|sub|username|user_?name|login|handle|email|e-?mail|nick(?:name)?)$/i

const claimsOf = ({ headers }: Actor): Record<string, unknown> => {
  const token = Object.values(headers)
    .flatMap((value) => value.split(/[\s;=]/))
    .find((part) => /^eyJ[\w-]+\.[\w-]+\./.test(part))
  if (token === undefined) return {}
  const claims = parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  return fieldsOf(claims)
}

const called = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const found: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(fields)) {
    const name = path.split('.').at(-1) ?? ''
    if (!NAMES.test(name) || value === null || value === '') continue
    const key = /^(?:sub|uid|user_?id)$/i.test(name) ? 'id' : name
    found[key] ??= value
  }
  return found
}

/** What the API says of who is asking. */
const askWho = async (bench: Bench, actor: Actor): Promise<Record<string, unknown>> => {
  const personal = bench.lab.known.filter(
    ({ route, request }) => request.method === 'GET' && PERSONAL.test(route.path) && !changesData(route),
  )
  for (const { route, request } of personal.slice(0, 3)) {
    const answer = await bench.ask(request, actor)
    const thing = isSuccess(answer) ? thingsIn(route.path, parseJson(answer.body), request.path) : []
    const found = thing
      .map((one) => called(fieldsOf(one.thing)))
      .find((names) => Object.keys(names).length > 0)
    if (found !== undefined) return found
  }
  return {}
}

/** What it was called when it was registered. */
const namesGiven = ({ answer }: Actor): Record<string, unknown> => {
  if (answer === undefined) return {}
  const names = thingsIn('/users', parseJson(answer.body), answer.path).map(({ thing }) =>
    called(fieldsOf(thing)),
  )
  return names.find((one) => 'id' in one || '_id' in one || 'uuid' in one) ?? {}
}

const LEAST_CHARACTERS = 8

/** What it was registered with, as far as it is a text of its own. */
const plantedIn = (fields: Readonly<Record<string, unknown>>): Planted[] =>
  Object.entries(fields).flatMap(([field, value]) =>
    typeof value === 'string' && value.length >= LEAST_CHARACTERS && /[a-z]/i.test(value)
      ? [{ field, text: value.toLowerCase() }]
      : [],
  )

const REGISTERS = /regist|sign|auth|join|create|new/i

/** `POST /people` makes what this API calls an account. */
const calledHere = ({ lab }: Bench): string[] => {
  const path = lab.entry?.register?.route.path
  const kin = path === undefined ? '' : kinAt(path)
  return kin === '' || REGISTERS.test(kin) ? [] : [kin]
}

/**
 * The account itself as an object: what it is called, from what it was registered with, from its token and from what
 * the API says of who is asking.
 */
export const identityOf = async (bench: Bench, actor: Actor): Promise<Thing> => {
  const { fields = {} } = actor
  const names = {
    ...{ ...called(fields), ...namesGiven(actor) },
    ...{ ...called(claimsOf(actor)), ...(await askWho(bench, actor)) },
  }
  const harvest = createHarvest()
  harvest.keep('/users', JSON.stringify(names))
  return {
    ...{
      kin: 'user',
      alias: [...ALIASES, ...calledHere(bench)],
      path: '/users',
      planted: plantedIn(fields),
      harvest,
    },
    ...{ fields: { ...fields, ...names }, parents: [], sent: null, made: null },
  }
}

/** What things say of whom they belong to is what that account is called. */
export const learnName = (identity: Thing, value: unknown): void => {
  if (identity.fields.id === undefined && (typeof value === 'number' || typeof value === 'string'))
    identity.harvest.keep('/users', JSON.stringify({ id: value }))
}
