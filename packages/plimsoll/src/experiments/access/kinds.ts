import type { Bench } from './bench.ts'
import { findRow } from './find-row.ts'
import type { Kind } from './seen.ts'
import type { Thing } from './thing.ts'
import type { World } from './world.ts'

const STRONG =
  /(?:^|_)(?:owner|user|customer|account|member|patient|holder|person|student|client|buyer|seller|tenant|org|organi[sz]ation|company)(?:_?(?:id|uuid|name|email))?$/
const WEAK =
  /(?:^|_)(?:author|creator|created_?by|posted_?by|submitted_?by|uploaded_?by|uploader|reporter|writer|poster)(?:_?(?:id|uuid|name|email))?$/
const NAMES = /^(?:id|_id|uuid|name|username|user_name|login|handle|email|slug)$/

const snake = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()

/** `author.username` is named by `author`. */
const nameOf = (path: string): string => {
  const parts = path.split('.').map(snake)
  const last = parts.at(-1) ?? ''
  return parts.length > 1 && NAMES.test(last) ? (parts.at(-2) ?? last) : last
}

const strengthOf = (path: string) => {
  const name = nameOf(path)
  if (STRONG.test(name)) return 'strong'
  return WEAK.test(name) ? 'weak' : null
}

type Fields = Thing['fields']

/** A field that says by its name that it holds an account, and that differs between the things of two accounts. */
export const findOwner = (one: Fields, other: Fields, planted: readonly string[] = []): Kind['owner'] => {
  const found = Object.entries(one).flatMap(([field, value]) => {
    const strength = strengthOf(field)
    if (strength === null || value === null || value === undefined || value === '') return []
    if (!(field in other) || other[field] === value || planted.includes(String(value))) return []
    return [{ field, strength } as const]
  })
  return found.find(({ strength }) => strength === 'strong') ?? found[0] ?? null
}

const withRow = async (bench: Bench, { fields, planted }: Thing): Promise<Fields> => ({
  ...fields,
  ...(await findRow(
    bench,
    planted.map(({ text }) => text),
  )),
})

/** What is known of each kind of thing that A made. */
export const kindsOf = async (bench: Bench, { a, b }: World): Promise<Kind[]> => {
  const kinds: Kind[] = []
  for (const [maker, thing] of a.things) {
    const other = b.things.get(maker)
    const texts = thing.planted.map(({ text }) => text)
    const owner =
      other === undefined
        ? null
        : (findOwner(thing.fields, other.fields, texts) ??
          findOwner(await withRow(bench, thing), await withRow(bench, other), texts))
    const { route } = maker.known
    kinds.push({ kin: thing.kin, maker: `POST ${route.path}`, path: thing.path, owner, account: false })
  }
  return [...kinds, { kin: a.identity.kin, maker: '', path: a.identity.path, owner: null, account: true }]
}
