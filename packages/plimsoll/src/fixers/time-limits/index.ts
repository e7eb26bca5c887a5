import ts from 'typescript'
import { addProperties } from '../../instruments/source/edit/add-properties.ts'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import { bare, keyOf, nodesOf, propertyOf } from '../../instruments/source/script-nodes.ts'
import { defineFixer } from '../define.ts'
import { type FoundPool, findPools } from '../find-pools.ts'
import { openEdits, patchOf } from '../patch-of.ts'

type Limits = Readonly<Record<string, number>>

/** Together below ten seconds, also where a failed statement is followed by a ROLLBACK. */
const WAIT: Limits = { connectionTimeoutMillis: 2_000 }
const STATEMENT: Limits = { statement_timeout: 3_000, query_timeout: 3_000 }

/** A literal above this was written down, and is no limit. */
const LONGEST_MS = 5_000

const limitsFor = (subject: string): Limits => {
  if (/: affected requests$/.test(subject)) return { ...WAIT, ...STATEMENT }
  if (/: (?:requests that wait for a connection|answers during the outage)$/.test(subject)) return WAIT
  return {}
}

/** Options that are written out, at the call or as a constant of the file. */
const optionsOf = ({ made, source }: FoundPool): ts.ObjectLiteralExpression | null => {
  const [given] = made.arguments ?? []
  const plain = given === undefined ? undefined : bare(given)
  if (plain === undefined) return null
  if (ts.isObjectLiteralExpression(plain)) return plain
  if (!ts.isIdentifier(plain)) return null
  for (const node of nodesOf(source)) {
    const isIt = ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === plain.text
    if (!isIt || node.initializer === undefined) continue
    const value = bare(node.initializer)
    return ts.isObjectLiteralExpression(value) ? value : null
  }
  return null
}

const isTooLong = (value: ts.Expression) => {
  const plain = bare(value)
  return ts.isNumericLiteral(plain) && (Number(plain.text) > LONGEST_MS || Number(plain.text) === 0)
}

/** What a driver takes beside the options may be in a connection string or in the environment: that is not read. */
const setIn = (edit: Edit, options: ts.ObjectLiteralExpression, limits: Limits) => {
  const names = options.properties.flatMap((one) => (one.name === undefined ? [] : [keyOf(one.name)]))
  const isBounded = Object.keys(STATEMENT).some((name) => names.includes(name))
  const missing = Object.entries(limits).filter(
    ([name]) => !names.includes(name) && !(isBounded && name in STATEMENT),
  )
  const wrong = Object.entries(limits).flatMap(([name, ms]) => {
    const given = propertyOf(options, name)
    return given !== null && isTooLong(given) ? [{ given, ms }] : []
  })
  for (const { given, ms } of wrong) edit.replace(given, String(ms))
  const added = missing.map(([name, ms]) => `${name}: ${ms}`)
  const last = options.properties.at(-1)
  const isOnOneLine = !edit.raw(options).includes('\n')
  // An object that is written anew would have its old values.
  if (wrong.length > 0 && isOnOneLine && last !== undefined)
    edit.insert(last.end, added.map((one) => `, ${one}`).join(''))
  else if (added.length > 0) addProperties(edit, options, added)
}

const limit = (edit: Edit, pool: FoundPool, limits: Limits) => {
  const options = optionsOf(pool)
  if (options !== null) return setIn(edit, options, limits)
  const written = Object.entries(limits).map(([name, ms]) => `${name}: ${ms}`)
  const [given] = pool.made.arguments ?? []
  if (given === undefined)
    edit.replace(pool.made, `new ${edit.raw(pool.made.expression)}({ ${written.join(', ')} })`)
  else if (!ts.isStringLiteralLike(given))
    edit.replace(given, `{ ...${edit.raw(given)}, ${written.join(', ')} }`)
}

/** **Contract:** reads, never writes; nothing where every wait is bounded, or the pool is made by a library. */
export default defineFixer({
  id: 'time-limits',
  title: 'Bound the waits for connections and statements',
  repairs: ['slow-store', 'store-errors', 'crash-on-store-loss'],
  propose: async (finding, source) => {
    const limits = limitsFor(finding.subject)
    if (Object.keys(limits).length === 0) return []
    const edits = openEdits(source)
    for (const pool of findPools(source)) {
      const edit = edits.of(pool.file)
      if (edit !== null) limit(edit, pool, limits)
    }
    const what = 'query_timeout' in limits ? 'a statement and for a connection' : 'a connection'
    return patchOf(finding, 'time-limits', `Bound the wait for ${what}`, edits)
  },
})
