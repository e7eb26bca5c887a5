import { z } from 'zod'
import { fitRows } from '../../base/text/fit.ts'
import { formatNumber } from '../../base/text/numbers.ts'
import type { Entry } from '../../instruments/workspace/files.ts'
import { readTextFile } from '../../instruments/workspace/text-file.ts'
import { cutLine } from '../cut.ts'
import { defineTool, type ToolAnswer } from '../define.ts'
import { tellAbsent } from '../near-paths.ts'
import { no } from '../refuse.ts'

const USUAL_LINES = 600
const MOST_BYTES = 40_000
const LARGEST_BYTES = 20 << 20
const MOST_ENTRIES = 200

const Input = z.strictObject({
  path: z.string().min(1).describe('file or folder, relative to the workspace'),
  offset: z.number().int().min(1).optional().describe('first line to show, counted from 1'),
  limit: z.number().int().min(1).max(2_000).optional().describe(`how many lines; ${USUAL_LINES} unless told`),
})
type Input = z.infer<typeof Input>

const tellFolder = (place: string, entries: readonly Entry[]): ToolAnswer => {
  const names = entries.map(({ path, isFolder }) => `${path.split('/').at(-1)}${isFolder ? '/' : ''}`)
  const left = names.length - MOST_ENTRIES
  const more = left > 0 ? [`(${left} more: narrow it with glob)`] : []
  return {
    text: [`${place}/ · ${names.length} entries`, ...names.slice(0, MOST_ENTRIES), ...more].join('\n'),
  }
}

const numbered = (lines: readonly string[], first: number) =>
  lines.map((line, at) => `${String(first + at).padStart(5)}  ${cutLine(line)}`)

const tellLines = (place: string, text: string, { offset = 1, limit = USUAL_LINES }: Input): ToolAnswer => {
  if (text === '') return { text: `${place} is empty.` }
  const lines = text.replace(/\n$/, '').split('\n')
  if (offset > lines.length) return no(`${place} has ${lines.length} lines; there is no line ${offset}.`)
  const { rows } = fitRows(numbered(lines.slice(offset - 1, offset - 1 + limit), offset), MOST_BYTES)
  const last = offset - 1 + rows.length
  const more =
    last < lines.length ? [`(lines ${offset}–${last} of ${lines.length}; go on with offset ${last + 1})`] : []
  return { text: [...rows, ...more].join('\n') }
}

/** **Contract:** reads only; refuses what lies outside of the workspace with a fault. */
export default defineTool<Input>({
  id: 'read',
  title: 'Read a file or folder',
  description:
    'Shows a text file with line numbers, or the names in a folder. Use it before you change a file. Give offset and limit for a part of a long file. Line numbers are not part of the file: leave them out of what you pass to edit. Lines over 500 characters are cut; binary files are named, not shown. To look for a text in many files use grep.',
  input: Input,
  effect: 'reads',
  mcp: false,
  subjects: ({ path }) => [{ kind: 'path', text: path }],
  async run(input, { files, root }) {
    const place = await files.place(input.path)
    const entry = await files.stat(input.path)
    if (entry === null) return no(tellAbsent(root, place))
    if (entry.isFolder) return tellFolder(place, await files.list(input.path))
    if (entry.bytes > LARGEST_BYTES) {
      return no(
        `${place} has ${formatNumber(entry.bytes)} bytes, too many to read. Look into it with grep or bash.`,
      )
    }
    const file = readTextFile((await files.read(input.path)) ?? new Uint8Array())
    if (file === null)
      return no(`${place} is a binary file of ${formatNumber(entry.bytes)} bytes; it is not shown.`)
    return tellLines(place, file.text, input)
  },
})
