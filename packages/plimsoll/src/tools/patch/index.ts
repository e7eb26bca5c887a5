import { z } from 'zod'
import { unifiedDiff } from '../../base/text/unified-diff.ts'
import type { Files } from '../../instruments/workspace/files.ts'
import { defineTool } from '../define.ts'
import { no } from '../refuse.ts'
import { parsePatch } from './parse-patch.ts'
import { type Prepared, prepareChanges } from './prepare-changes.ts'

const Input = z.strictObject({
  patch: z
    .string()
    .min(1)
    .describe('a unified diff, of one or more files; /dev/null on one side makes or removes a file'),
})
type Input = z.infer<typeof Input>

const put = (files: Files, path: string, text: string | null) =>
  text === null ? files.remove(path) : files.write(path, text)

/** What was written before a failure is put back. */
const writeAll = async (files: Files, changes: readonly Prepared[]): Promise<void> => {
  const done: Prepared[] = []
  try {
    for (const change of changes) {
      done.push(change)
      await put(files, change.path, change.raw.after)
    }
  } catch (thrown) {
    done.pop()
    for (const { path, raw } of done.reverse()) await put(files, path, raw.before)
    throw thrown
  }
}

const tell = ({ path, before, after }: Prepared): string => {
  const lines = unifiedDiff(path, before, after).split('\n').slice(2)
  const count = (mark: string) => lines.filter((line) => line.startsWith(mark)).length
  const what = before === null ? 'made' : after === null ? 'removed' : 'changed'
  return `${what} ${path} (+${count('+')} −${count('-')})`
}

/** **Contract:** every hunk of every file, or nothing; keeps modes and line ends. */
export default defineTool<Input>({
  id: 'patch',
  title: 'Apply a patch',
  description:
    'Applies a unified diff: several hunks, several files, all or nothing. Use it where edit would take many calls; for one small change edit is simpler. Lines of context decide where a hunk goes, line numbers only help, so they need not be exact. "--- /dev/null" makes a file, "+++ /dev/null" removes one. When a hunk does not fit, the answer says which and why, and nothing is changed.',
  input: Input,
  effect: 'writes',
  mcp: false,
  subjects: ({ patch }) => {
    const paths = parsePatch(patch).flatMap(({ from, to }) => [from, to])
    return [...new Set(paths)].flatMap((text) => (text === null ? [] : [{ kind: 'path', text }]))
  },
  async preview({ patch }, context) {
    const changes = await prepareChanges(patch, context)
    if (typeof changes === 'string') return null
    return changes.map(({ path, before, after }) => unifiedDiff(path, before, after)).join('')
  },
  async run({ patch }, context) {
    const changes = await prepareChanges(patch, context)
    if (typeof changes === 'string') return no(`Nothing was changed. ${changes}`)
    const real = changes.filter(({ before, after }) => before !== after)
    if (real.length === 0) return no('The patch changes nothing: every line of it is there already.')
    await writeAll(context.files, real)
    const loose = real.flatMap(({ path, loosely }) => loosely.map((line) => `${path}:${line}`))
    const note =
      loose.length === 0
        ? ''
        : `\nFitted only without regard to white space, look at it: ${loose.join(' · ')}`
    return { text: `${real.map(tell).join('\n')}${note}`, changed: real.map(({ path }) => path) }
  },
})
