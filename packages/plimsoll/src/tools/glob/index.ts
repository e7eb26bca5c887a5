import { z } from 'zod'
import { globMatcher } from '../../base/text/glob.ts'
import { formatCount } from '../../base/text/numbers.ts'
import { listFiles } from '../../instruments/source/list-files.ts'
import { defineTool } from '../define.ts'
import { no } from '../refuse.ts'

const MOST_FILES = 200

const Input = z.strictObject({
  pattern: z
    .string()
    .min(1)
    .describe('*.sql, src/**/*.{ts,js}; without a slash it is matched against the name alone'),
  path: z.string().optional().describe('folder to look in; the whole workspace unless told'),
})
type Input = z.infer<typeof Input>

/** **Contract:** reads only; never looks outside of the workspace. */
export default defineTool<Input>({
  id: 'glob',
  title: 'Find files by name',
  description:
    'Lists files whose path matches a pattern, sorted by path. Use it when you know the name or kind of a file and not where it is. Ignored files (.gitignore, node_modules, build output) are left out. At most 200 are shown. To find files by what is in them use grep.',
  input: Input,
  effect: 'reads',
  mcp: false,
  subjects: ({ path }) => [{ kind: 'path', text: path ?? '.' }],
  async run({ pattern, path = '.' }, { files }) {
    const dir = await files.place(path)
    const below = dir === '.' ? '' : `${dir}/`
    const matches = globMatcher(pattern)
    const all = [...listFiles(files.root).keys()].filter((file) => file.startsWith(below))
    const found = all.filter((file) => matches(file.slice(below.length)) || matches(file))
    if (found.length === 0)
      return no(
        `No file matches ${pattern}${below === '' ? '' : ` in ${dir}`}; ${formatCount(all.length, 'file')} looked at.`,
      )
    const left = found.length - MOST_FILES
    const more = left > 0 ? [`(${left} more: narrow the pattern)`] : []
    return { text: [...found.slice(0, MOST_FILES), ...more].join('\n') }
  },
})
