import { writeTextFile } from '../../instruments/workspace/text-file.ts'
import type { ToolContext } from '../define.ts'
import { openText } from '../open-text.ts'
import { applyHunks } from './apply-hunks.ts'
import { type FilePatch, parsePatch } from './parse-patch.ts'

/** One file as it is and as it would be; texts with `\n`, `raw` as they are kept in the file. */
export type Prepared = {
  path: string
  before: string | null
  after: string | null
  raw: { before: string | null; after: string | null }
  loosely: readonly number[]
}

const make = async (
  { hunks }: FilePatch,
  path: string,
  { files }: ToolContext,
): Promise<Prepared | string> => {
  const place = await files.place(path)
  if ((await files.stat(path)) !== null) return `${place} is there already, and the patch would make it`
  const lines = hunks.flatMap((hunk) => hunk.lines.filter(({ kind }) => kind !== '-'))
  const after = lines.map(({ text }) => `${text}\n`).join('')
  return { path: place, before: null, after, raw: { before: null, after }, loosely: [] }
}

const change = async (file: FilePatch, path: string, context: ToolContext): Promise<Prepared[] | string> => {
  const opened = await openText(context, path)
  if ('problem' in opened) return opened.problem
  const { file: now, place } = opened
  const applied = applyHunks(now.text, file.hunks)
  if ('problem' in applied) return `${place}: ${applied.problem}`
  const rawBefore = writeTextFile(now.text, now)
  const gone = {
    path: place,
    before: now.text,
    after: null,
    raw: { before: rawBefore, after: null },
    loosely: [],
  }
  if (file.to === null)
    return applied.text.trim() === '' ? [gone] : `${place}: the patch removes it, but not all of its lines`
  const target = await context.files.place(file.to)
  const rawAfter = writeTextFile(applied.text, now)
  if (target === place) {
    return [
      {
        path: place,
        before: now.text,
        after: applied.text,
        raw: { before: rawBefore, after: rawAfter },
        loosely: applied.loosely,
      },
    ]
  }
  if ((await context.files.stat(target)) !== null)
    return `${target} is there already, and the patch would make it`
  return [
    gone,
    {
      path: target,
      before: null,
      after: applied.text,
      raw: { before: null, after: rawAfter },
      loosely: applied.loosely,
    },
  ]
}

/** Everything that a patch would change; a text says why it cannot be applied, and then none of it is. */
export const prepareChanges = async (patch: string, context: ToolContext): Promise<Prepared[] | string> => {
  const files = parsePatch(patch)
  if (files.length === 0)
    return 'That is no unified diff. Begin each file with "--- a/path" and "+++ b/path", each hunk with "@@ -line,count +line,count @@".'
  const prepared: Prepared[] = []
  for (const file of files) {
    if (file.from === null && file.to === null) return 'A file of the patch has no name on either side.'
    const found =
      file.from === null ? await make(file, file.to ?? '', context) : await change(file, file.from, context)
    if (typeof found === 'string') return found
    prepared.push(...[found].flat())
  }
  const twice = prepared.find(({ path }, at) =>
    prepared.some((other, index) => index < at && other.path === path),
  )
  return twice === undefined ? prepared : `${twice.path} stands twice in the patch; put its hunks together.`
}
