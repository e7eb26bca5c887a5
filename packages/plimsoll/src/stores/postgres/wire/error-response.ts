const TEXT = { severity: 0x53, severityPlain: 0x56, sqlstate: 0x43, message: 0x4d } as const

const ERROR = 0x45

const field = (code: number, text: string) => Buffer.from(`${String.fromCharCode(code)}${text}\0`, 'utf8')

/** The bytes in which the server reports an error. */
export const errorResponse = (severity: 'ERROR' | 'FATAL', sqlstate: string, message: string): Buffer => {
  const body = Buffer.concat([
    field(TEXT.severity, severity),
    field(TEXT.severityPlain, severity),
    field(TEXT.sqlstate, sqlstate),
    field(TEXT.message, message.replaceAll('\0', '')),
    Buffer.from([0]),
  ])
  const head = Buffer.alloc(5)
  head[0] = ERROR
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const CONSTRAINT = 0x6e
const COLUMN = 0x63

/** What an ErrorResponse's body says: the SQLSTATE, and the constraint that refused, or else the column. */
export const readError = (body: Buffer): { sqlstate: string; constraint?: string } => {
  const said = new Map<number, string>()
  for (let at = 0; at < body.length && body[at] !== 0; ) {
    const end = body.indexOf(0, at + 1)
    if (end === -1) break
    const code = body[at] ?? 0
    if (code === TEXT.sqlstate || code === CONSTRAINT || code === COLUMN)
      said.set(code, body.toString('utf8', at + 1, end))
    at = end + 1
  }
  const constraint = said.get(CONSTRAINT) ?? said.get(COLUMN)
  return { sqlstate: said.get(TEXT.sqlstate) ?? 'XX000', ...(constraint !== undefined && { constraint }) }
}
