export type Encoded = { bytes: string | Uint8Array | null; type: string | null }

/** An object becomes JSON; a string or bytes go as they are, so that malformed JSON can be sent. */
export const encodeBody = (body: unknown): Encoded => {
  if (body === undefined || body === null) return { bytes: null, type: null }
  if (typeof body === 'string' || body instanceof Uint8Array) return { bytes: body, type: null }
  return { bytes: JSON.stringify(body), type: 'application/json' }
}

/** The request's body as evidence shows it. */
export const showBody = (bytes: Encoded['bytes'], characters: number): string | undefined => {
  if (bytes === null) return undefined
  if (typeof bytes === 'string') return bytes.slice(0, characters)
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, characters)).toString('utf8')
}
