import { z } from 'zod'
import { unifiedDiff } from '../../base/text/unified-diff.ts'
import { writeTextFile } from '../../instruments/workspace/text-file.ts'
import { defineTool, type ToolContext } from '../define.ts'
import { openText } from '../open-text.ts'
import { no } from '../refuse.ts'
import { replaceText } from './replace-text.ts'
import { tellAbsentText, tellSeveral } from './tell-problem.ts'

const Input = z.strictObject({
  path: z.string().min(1).describe('file, relative to the workspace'),
  find: z.string().min(1).describe('text that is there now, copied exactly, without line numbers'),
  replace: z.string().describe('text to put in its place; empty to remove it'),
  all: z.boolean().optional().describe('replace every occurrence; otherwise there has to be exactly one'),
})
type Input = z.infer<typeof Input>

const prepare = async ({ path, find, replace, all = false }: Input, context: ToolContext) => {
  const opened = await openText(context, path)
  if ('problem' in opened) return opened
  const { file, place } = opened
  const unix = (text: string) => text.replaceAll('\r\n', '\n')
  const replaced = replaceText(file.text, unix(find), unix(replace), all)
  if ('text' in replaced) return { file, place, ...replaced }
  if (replaced.problem === 'same')
    return { problem: 'find and replace are the same text: nothing would change.' }
  if (replaced.problem === 'several') return { problem: tellSeveral(place, replaced.lines) }
  return { problem: tellAbsentText(place, file.text, unix(find)) }
}

/** **Contract:** changes exactly what it says, or nothing; keeps the mode and the line ends. */
export default defineTool<Input>({
  id: 'edit',
  title: 'Change a part of a file',
  description:
    'Replaces one text of a file by another. find has to stand there exactly once (give lines around it to make it unique), or set all. Where it is not there exactly, lines that differ only in white space at their ends are taken, and the answer says so. Read the file first. For several places or files at once use patch; for a new file use write.',
  input: Input,
  effect: 'writes',
  mcp: false,
  subjects: ({ path }) => [{ kind: 'path', text: path }],
  async preview(input, context) {
    const prepared = await prepare(input, context)
    return 'problem' in prepared ? null : unifiedDiff(prepared.place, prepared.file.text, prepared.text)
  },
  async run(input, context) {
    const prepared = await prepare(input, context)
    if ('problem' in prepared) return no(prepared.problem)
    const { place, file, text, lines, how } = prepared
    await context.files.write(input.path, writeTextFile(text, file))
    const where = lines.length === 1 ? `at line ${lines[0]}` : `in ${lines.length} places`
    const loosely =
      how === 'spaces' ? ' White space differed from find; the indentation of the file was kept.' : ''
    return { text: `Changed ${place} ${where}.${loosely}`, changed: [place] }
  },
})
