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

/** The SQLSTATE in an ErrorResponse's body. */
export const readSqlstate = (body: Buffer): string => {
  for (let at = 0; at < body.length && body[at] !== 0; ) {
    const end = body.indexOf(0, at + 1)
    if (end === -1) break
    if (body[at] === TEXT.sqlstate) return body.toString('latin1', at + 1, end)
    at = end + 1
  }
  return 'XX000'
}
