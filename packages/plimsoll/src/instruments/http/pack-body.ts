import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const pack = promisify(gzip)

/** A body as `Content-Encoding: gzip` carries it; packed beside the event loop, so that large ones hold nothing up. */
export const packBody = (body: string | Uint8Array): Promise<Buffer> => pack(body)
