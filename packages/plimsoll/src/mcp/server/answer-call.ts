import { asFault } from '../../base/errors/fault.ts'
import { mapTexts } from '../../base/json/map-texts.ts'
import type { ToolAnswer } from '../../tools/define.ts'
import type { CallToolResult, ContentBlock } from '../../vendor/mcp-server.ts'
import type { Served } from './surface.ts'

/** Bytes of text, and of data, that an answer may have. */
export const MOST_BYTES = 4_096
const ROOM_FOR_NOTE = 160

const bytesOf = (text: string) => Buffer.byteLength(text)

/** As much of the beginning as fits, ending with a whole line where one ends late enough. */
const beginningOf = (text: string, bytes: number): string => {
  const cut = Buffer.from(text).subarray(0, bytes).toString('utf8').replace(/�+$/, '')
  const lineEnd = cut.lastIndexOf('\n')
  return lineEnd > cut.length / 2 ? cut.slice(0, lineEnd) : cut
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const link = (uri: string, title: string, mimeType?: string): ContentBlock => ({
  type: 'resource_link',
  uri,
  name: uri,
  title,
  ...(mimeType !== undefined && { mimeType }),
})

/** Text and data of an answer within their limits; what does not fit is kept, and linked. */
export const answerCall = (
  answer: ToolAnswer,
  { answers, redact }: Pick<Served, 'answers' | 'redact'>,
): CallToolResult => {
  const whole = redact(answer.text)
  const links = (answer.links ?? []).map(({ uri, title }) => link(uri, title))
  let text = whole
  if (bytesOf(whole) > MOST_BYTES) {
    const uri = answers.keep(whole, 'text/markdown')
    const shown = beginningOf(whole, MOST_BYTES - ROOM_FOR_NOTE)
    text = `${shown}\n… ${whole.length - shown.length} more characters: read the resource ${uri}`
    links.push(link(uri, 'the whole answer', 'text/markdown'))
  }
  const data =
    answer.data === undefined ? undefined : JSON.parse(JSON.stringify(mapTexts(answer.data, redact)))
  const json = data === undefined ? '' : JSON.stringify(data)
  const fits = bytesOf(json) <= MOST_BYTES
  if (!fits)
    links.push(link(answers.keep(json, 'application/json'), 'the answer as data', 'application/json'))
  return {
    content: [{ type: 'text', text }, ...links],
    ...(data !== undefined && fits && { structuredContent: isRecord(data) ? data : { items: data } }),
    ...(answer.failed === true && { isError: true }),
  }
}

/** What went wrong, and how to mend it; a bug of ours is logged whole. */
export const answerFault = (thrown: unknown, log: (line: string) => void): ToolAnswer => {
  const failure = asFault(thrown)
  if (failure.kind === 'bug') log(String(thrown instanceof Error ? thrown.stack : thrown))
  return { text: `${failure.message}\n${failure.hint}`, failed: true }
}
