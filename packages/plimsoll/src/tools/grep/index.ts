import { z } from 'zod'
import { fitRows } from '../../base/text/fit.ts'
import { globMatcher } from '../../base/text/glob.ts'
import { formatCount } from '../../base/text/numbers.ts'
import { search } from '../../instruments/workspace/search.ts'
import { isSecretFile } from '../../lab/environment/secret-files.ts'
import { cutLine } from '../cut.ts'
import { defineTool } from '../define.ts'
import { tellAbsent } from '../near-paths.ts'
import { no } from '../refuse.ts'

const MOST_BYTES = 12_000

const Input = z.strictObject({
  pattern: z.string().min(1).describe('regular expression, matched within one line'),
  path: z.string().optional().describe('folder or file to look in; the whole workspace unless told'),
  glob: z.string().optional().describe('only files like this: *.ts, src/**/*.sql'),
  text: z.boolean().optional().describe('true: the pattern is a plain text, no regular expression'),
  ignoreCase: z.boolean().optional(),
  context: z.number().int().min(0).max(10).optional().describe('lines to show around each match'),
})
type Input = z.infer<typeof Input>

type Found = { file: string; lines: readonly { line: number; text: string; isMatch: boolean }[] }

/** Single lines need no mark between them: each has its number. */
const rowsOf = ({ file, lines }: Found): string[] => {
  const isAlone = lines.every(({ isMatch }) => isMatch)
  return lines.flatMap(({ line, text, isMatch }, at) => {
    const gap = !isAlone && at > 0 && (lines[at - 1]?.line ?? 0) + 1 < line ? ['--'] : []
    return [
      ...gap,
      `${file}${isMatch ? ':' : '-'}${line}${isMatch ? ':' : '-'} ${cutLine(text.trimEnd(), 240)}`,
    ]
  })
}

/** **Contract:** reads only; never looks outside of the workspace. */
export default defineTool<Input>({
  id: 'grep',
  title: 'Search in files',
  description:
    'Finds lines that match a regular expression, as file:line: text. Use it to find where something is defined or used before you read whole files. Ignored files (.gitignore, node_modules, build output), files that hold secrets, binary files and those over 4 MB are left out. Narrow with path or glob; use text: true for a plain text with special characters. To find files by name use glob.',
  input: Input,
  effect: 'reads',
  mcp: false,
  subjects: ({ path }) => [{ kind: 'path', text: path ?? '.' }],
  async run(
    { pattern, path = '.', glob, text = false, ignoreCase = false, context = 0 },
    { files, root, signal },
  ) {
    const dir = await files.place(path)
    if ((await files.stat(dir)) === null) return no(tellAbsent(root, dir))
    const fits = glob === undefined ? () => true : globMatcher(glob)
    const keep = (file: string) => (file === dir || !isSecretFile(file)) && fits(file)
    const found = await search(files, { pattern, isText: text, ignoreCase, dir, context, keep, signal })
    if ('problem' in found)
      return no(`The pattern cannot be used: ${found.problem}. For a plain text give text: true.`)
    if (found.files.length === 0) return no(`Nothing matches in ${dir === '.' ? 'the workspace' : dir}.`)
    const matches = found.files.reduce(
      (sum, { lines }) => sum + lines.filter((line) => line.isMatch).length,
      0,
    )
    const { rows, left } = fitRows(found.files.flatMap(rowsOf), MOST_BYTES)
    const more = left > 0 ? [`(${left} more lines: narrow it with path or glob)`] : []
    const head = `${formatCount(matches, 'match', 'matches')} in ${formatCount(found.files.length, 'file')}`
    return { text: [head, ...rows, ...more].join('\n') }
  },
})
