import { ERRORS, type ErrorCode, KINDS, type Kind } from './table.ts'

export type FaultDetails = Readonly<Record<string, string | number>>

const fill = (template: string, details: FaultDetails) =>
  template.replace(/\{(\w+)\}/g, (whole, key: string) => String(details[key] ?? whole))

/** The one error class: what and where in `message`, how to mend it in `hint`, how to end in `exitCode`. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: ErrorCode
  readonly kind: Kind
  readonly exitCode: number
  readonly hint: string
  readonly details: FaultDetails

  constructor(code: ErrorCode, details: FaultDetails, options?: { cause?: unknown }) {
    const row = ERRORS[code]
    super(fill(row.sentence, details), options)
    this.code = code
    this.kind = row.kind
    this.exitCode = KINDS[row.kind].exit
    this.hint = fill(row.hint, details)
    this.details = details
  }
}

/** `throw fault('E_TARGET_NOT_READY', { seconds: 30, reason: '…' }, { cause })` */
export const fault = (code: ErrorCode, details: FaultDetails = {}, options?: { cause?: unknown }) =>
  new Fault(code, details, options)

/** Wraps whatever was thrown, so that every surface prints one shape. */
export const asFault = (thrown: unknown): Fault => {
  if (thrown instanceof Fault) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return fault('E_BUG', { message }, { cause: thrown })
}
