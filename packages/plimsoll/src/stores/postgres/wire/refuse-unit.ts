import type { ClientUnit, Refusal } from '../../../instruments/wire/protocol.ts'
import { errorResponse } from './error-response.ts'
import type { Ledger } from './ledger.ts'
import { FROM_APP, HEADER_BYTES, message } from './message.ts'

/** Errors after which the server closes the connection. */
const FATAL = /^(57P0\d|53300|28\d{3}|3D000)$/

/** Requests that the server answers with an error in every state, and that change nothing. */
const FAILING: Readonly<Record<number, Buffer>> = {
  [FROM_APP.execute]: message(FROM_APP.execute, Buffer.from('plimsoll refuses\0\0\0\0\0')),
  [FROM_APP.query]: message(FROM_APP.query, Buffer.from('refused by plimsoll\0')),
  [FROM_APP.functionCall]: message(FROM_APP.functionCall, Buffer.alloc(10)),
}

/**
 * A commit that fails ends its transaction, as this does: the server refuses the name for its length. Only inside a
 * transaction that has not failed yet; elsewhere it would be no error.
 */
const FAILING_COMMIT = message(
  FROM_APP.query,
  Buffer.from(`PREPARE TRANSACTION 'refused by plimsoll${'.'.repeat(200)}'\0`),
)

const COMMIT = /^\s*(?:commit|end)\b(?!\s+prepared)/i

const failingFor = ({ statements }: ClientUnit, type: number, inTransaction: boolean) => {
  const [only, ...others] = statements
  const commits = only !== undefined && others.length === 0 && COMMIT.test(only.sql)
  return commits && inTransaction && type === FROM_APP.query ? FAILING_COMMIT : FAILING[type]
}

const lastMessageAt = (bytes: Buffer): number => {
  let at = 0
  for (let next = 0; next < bytes.length; next = at + 1 + bytes.readInt32BE(at + 1)) {
    at = next
    if (at + HEADER_BYTES > bytes.length) break
  }
  return at
}

/**
 * Has the server fail by itself, and the words of its error replaced on the way back. So the order of answers, the
 * state of the transaction and what is ignored up to the next Sync are the server's own.
 */
export const refuseUnit = (
  ledger: Ledger,
  unit: ClientUnit,
  sqlstate: string,
  text: string,
  { between, inTransaction }: { between: boolean; inTransaction: boolean },
): Refusal | null => {
  const [blamed] = unit.statements
  const at = lastMessageAt(unit.bytes)
  const failing = failingFor(unit, unit.bytes[at] ?? 0, inTransaction)
  if (!blamed || !failing) return null
  if (FATAL.test(sqlstate)) {
    ledger.failed({ sqlstate })
    return { fatal: between ? errorResponse('FATAL', sqlstate, text) : Buffer.alloc(0) }
  }
  ledger.refuse(blamed, { bytes: errorResponse('ERROR', sqlstate, text), sqlstate })
  return { instead: Buffer.concat([unit.bytes.subarray(0, at), failing]) }
}
