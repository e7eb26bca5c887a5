import type { RequestOptions } from '../../../lab/lab.ts'
import { packBody } from '../../../lab/pack-body.ts'

const MEGABYTE = 1_048_576

/** A field that no route asks for, so that what is refused is the size, and not a value. */
const FIELD = 'plimsoll'

const textOf = (body: unknown, more: string): string => {
  const own = JSON.stringify(body ?? {})
  const separator = own === '{}' ? '' : ','
  return `${own.slice(0, -1)}${separator}"${FIELD}":${more}}`
}

/** The body with so many megabytes of zeros in one text more: a thousandth of it once it is packed. */
export const zeros = (body: unknown, megabytes: number): Buffer => {
  const [head = '', tail = ''] = textOf(body, '"|"').split('|')
  return Buffer.concat([Buffer.from(head), Buffer.alloc(megabytes * MEGABYTE, '0'), Buffer.from(tail)])
}

/** The body with so many megabytes of empty lists more: short to write, and each one an object to keep. */
export const lists = (body: unknown, megabytes: number): string =>
  textOf(body, `[${'[],'.repeat((megabytes * MEGABYTE) / 3)}[]]`)

/** Digits that do not get shorter when they are packed. */
export const noise = (body: unknown, bytes: number, digit: () => number): string =>
  textOf(body, `"${Array.from({ length: bytes }, () => String(digit())).join('')}"`)

const JSON_TYPE = { 'content-type': 'application/json' }

export const plainly = (request: RequestOptions, text: string | Buffer): RequestOptions => ({
  ...request,
  headers: { ...request.headers, ...JSON_TYPE },
  body: text,
})

export const packed = async (request: RequestOptions, text: string | Buffer): Promise<RequestOptions> => ({
  ...request,
  headers: { ...request.headers, ...JSON_TYPE, 'content-encoding': 'gzip' },
  body: await packBody(text),
})
