export type Encoded = { bytes: string | Uint8Array | null; type: string | null }

const FORM = 'application/x-www-form-urlencoded'

/** Fields of one level; what is nested goes as JSON in its field. */
const asForm = (body: object): string =>
  new URLSearchParams(
    Object.entries(body).map(([name, value]): [string, string] => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  ).toString()

/**
 * An object becomes JSON, or a form where the content type says so; a string or bytes go as they are, so that malformed
 * JSON can be sent.
 * @param wanted the content type that the request gives
 */
export const encodeBody = (body: unknown, wanted?: string): Encoded => {
  if (body === undefined || body === null) return { bytes: null, type: null }
  if (typeof body === 'string' || body instanceof Uint8Array) return { bytes: body, type: null }
  if (typeof body === 'object' && wanted?.startsWith(FORM) === true)
    return { bytes: asForm(body), type: FORM }
  return { bytes: JSON.stringify(body), type: 'application/json' }
}

/** The request's body as evidence shows it. */
export const showBody = (bytes: Encoded['bytes'], characters: number): string | undefined => {
  if (bytes === null) return undefined
  if (typeof bytes === 'string') return bytes.slice(0, characters)
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, characters)).toString('utf8')
}
