const BOUNDARY = '----plimsoll-7d1f0c2a'

export type File = { name: string; type: string; content: Buffer }

const part = (head: string, content: Buffer) =>
  Buffer.concat([Buffer.from(`--${BOUNDARY}\r\n${head}\r\n\r\n`), content, Buffer.from('\r\n')])

/** A form with one file and some texts, as browsers send it. */
export const multipart = (
  field: string,
  file: File,
  texts: Readonly<Record<string, string>>,
): { headers: Record<string, string>; body: Buffer } => ({
  headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  body: Buffer.concat([
    ...Object.entries(texts).map(([name, text]) =>
      part(`content-disposition: form-data; name="${name}"`, Buffer.from(text)),
    ),
    part(
      `content-disposition: form-data; name="${field}"; filename="${file.name}"\r\ncontent-type: ${file.type}`,
      file.content,
    ),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]),
})
