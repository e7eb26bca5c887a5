import { z } from 'zod'
import { formatCount } from '../../base/text/numbers.ts'
import { unifiedDiff } from '../../base/text/unified-diff.ts'
import { readTextFile, writeTextFile } from '../../instruments/workspace/text-file.ts'
import { defineTool, type ToolContext } from '../define.ts'
import { no } from '../refuse.ts'

const Input = z.strictObject({
  path: z.string().min(1).describe('file, relative to the workspace; its folders are made'),
  content: z.string().describe('the whole text of the file'),
})
type Input = z.infer<typeof Input>

/** What is there now, and what would be: a file that exists keeps its line ends. */
const prepare = async ({ path, content }: Input, { files }: ToolContext) => {
  const bytes = await files.read(path)
  const before = bytes === null ? null : readTextFile(bytes)
  return {
    place: await files.place(path),
    isNew: bytes === null,
    before: before?.text ?? null,
    after: before === null ? content : writeTextFile(content, before),
  }
}

const countLines = (text: string) =>
  formatCount(text === '' ? 0 : text.replace(/\n$/, '').split('\n').length, 'line')

/** **Contract:** all or nothing; keeps the mode and the line ends of what it replaces. */
export default defineTool<Input>({
  id: 'write',
  title: 'Write a file',
  description:
    'Writes a whole file: a new one, or instead of the one that is there. Use it for new files and for short ones that change throughout; to change a part of a file use edit, which is safer and shorter. Read a file before you replace it. Folders are made as needed; mode and line ends stay.',
  input: Input,
  effect: 'writes',
  mcp: false,
  subjects: ({ path }) => [{ kind: 'path', text: path }],
  async preview(input, context) {
    const { place, before } = await prepare(input, context)
    return unifiedDiff(place, before, input.content.replaceAll('\r\n', '\n'))
  },
  async run(input, context) {
    if ((await context.files.stat(input.path))?.isFolder === true)
      return no(`${input.path} is a folder. Give a file in it.`)
    const { place, isNew, before, after } = await prepare(input, context)
    if (before !== null && before === input.content.replaceAll('\r\n', '\n')) {
      return { text: `${place} has exactly that text already; nothing was written.` }
    }
    await context.files.write(input.path, after)
    return {
      text: `${isNew ? 'Made' : 'Replaced'} ${place} (${countLines(input.content)}).`,
      changed: [place],
    }
  },
})
