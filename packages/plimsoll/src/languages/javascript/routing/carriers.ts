import type { Route } from '../../../model/system.ts'
import { optionsOf, type Value, type World } from '../code/code.ts'
import { unwrap } from './describe.ts'
import { signsOf } from './judge-middleware.ts'
import { carriedTo } from './looks-for.ts'

type Carrier = NonNullable<Route['credentials']>[number]

const TAKEN_FROM =
  /\bfrom(AuthHeaderAsBearerToken|Header|AuthHeaderWithScheme|Extractors|BodyField|UrlQueryParameter)\b/g
const SCRIPT = /\.[cm]?[jt]sx?$/

/** Strategies of Passport by name, where all of the source agrees on what they read. */
const strategyReader = (world: World) => {
  let bearer: boolean | null = null
  const isBearer = () => {
    if (bearer !== null) return bearer
    const found = world.project.files
      .filter((file) => SCRIPT.test(file))
      .flatMap((file) => [...(world.project.text(file)?.matchAll(TAKEN_FROM) ?? [])].map(([, how]) => how))
    bearer = found.length > 0 && found.every((how) => how === 'AuthHeaderAsBearerToken')
    return bearer
  }
  return (name: string): Carrier | null => {
    if (name === 'basic') return { in: 'basic' }
    if (name === 'bearer') return { in: 'bearer' }
    return /jwt/.test(name) && isBearer() ? { in: 'bearer' } : null
  }
}

const lookedFor = (world: World, value: Value, depth = 0): string[] => {
  if (depth > 4) return []
  if (value.kind === 'external') return carriedTo(world, value, value.args)
  if (value.kind === 'closure') return [...signsOf(world, value).looksFor]
  if (value.kind === 'class') {
    const own = world.get(
      { kind: 'dictionary', fields: new Map(), open: true, of: value, node: null },
      'canActivate',
    )
    const inherited = value.parent === null ? [] : lookedFor(world, value.parent, depth + 1)
    return own.kind === 'closure' ? [...lookedFor(world, own, depth + 1), ...inherited] : inherited
  }
  return value.kind === 'dictionary' && value.of !== null ? lookedFor(world, value.of, depth + 1) : []
}

/** Where guards look for who is calling: only what their code says; undefined where it does not. */
export const createCarrierReader = (world: World) => {
  const known = new Map<Value, string[]>()
  const strategy = strategyReader(world)

  const marksOf = (value: Value): string[] => {
    const before = known.get(value)
    if (before !== undefined) return before
    const marks = optionsOf(unwrap(world, value)).flatMap((option) => lookedFor(world, option))
    known.set(value, marks)
    return marks
  }

  return (values: readonly Value[]): Carrier[] | undefined => {
    const marks = new Set(values.flatMap(marksOf))
    const named = (kind: string) =>
      [...marks].flatMap((mark) => (mark.startsWith(`${kind} `) ? [mark.slice(kind.length + 1)] : []))
    const schemes = named('scheme').map((name): Carrier => ({ in: name === 'basic' ? 'basic' : 'bearer' }))
    const strategies = named('strategy').flatMap((name) => strategy(name) ?? [])
    const headers = named('header')
      .filter(
        (name) => name !== 'cookie' && (name !== 'authorization' || schemes.length + strategies.length === 0),
      )
      .map((name): Carrier => ({ in: 'header', name }))
    const cookies = named('cookie').map((name): Carrier => ({ in: 'cookie', name }))
    const all = [...schemes, ...strategies, ...headers, ...cookies]
    const told = [...new Map(all.map((each) => [JSON.stringify(each), each])).values()]
    return told.length === 0 ? undefined : told
  }
}
