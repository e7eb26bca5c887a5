export type PatchLine = { kind: ' ' | '-' | '+'; text: string }

/** `line`: where it says that it begins in the old file, from 1; 0 where it does not say. */
export type Hunk = { line: number; lines: readonly PatchLine[] }

/** One file of a patch; `null` stands for no file: `from` null makes one, `to` null removes it. */
export type FilePatch = { from: string | null; to: string | null; hunks: readonly Hunk[] }

type Draft = { from: string | null; to: string | null; hunks: { line: number; lines: PatchLine[] }[] }

/** `a/src/db.ts` and a time stamp behind it -> `src/db.ts` */
const pathOf = (header: string): string | null => {
  const path = header.slice(4).split('\t')[0]?.trim() ?? ''
  return path === '/dev/null' ? null : path.replace(/^[ab]\//, '')
}

const isKind = (mark: string): mark is PatchLine['kind'] => mark === ' ' || mark === '-' || mark === '+'

const isFileHead = (lines: readonly string[], at: number) =>
  lines[at]?.startsWith('--- ') === true && lines[at + 1]?.startsWith('+++ ') === true

const OUTSIDE_OF_HUNKS =
  /^(?:diff |index [0-9a-f]|new file mode|deleted file mode|old mode|new mode|similarity |rename |```)/

/** An empty line within a hunk is an empty line of the file whose leading space was lost; at its end it is nothing. */
const withoutEmptyEnd = (lines: readonly PatchLine[]): PatchLine[] => {
  const last = lines.findLastIndex(({ kind, text }) => kind !== ' ' || text !== '')
  return lines.slice(0, last + 1)
}

/** The files of a unified diff, sloppy line counts included; empty for a text that is none. */
export const parsePatch = (patch: string): FilePatch[] => {
  const lines = patch.replaceAll('\r\n', '\n').split('\n')
  const files: Draft[] = []
  let hunk: Draft['hunks'][number] | null = null
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const file = files.at(-1)
    if (isFileHead(lines, at)) {
      files.push({ from: pathOf(line), to: pathOf(lines[at + 1] ?? ''), hunks: [] })
      hunk = null
      at += 1
    } else if (line.startsWith('@@') && file !== undefined) {
      hunk = { line: Number(/^@@+ -(\d+)/.exec(line)?.[1] ?? 0), lines: [] }
      file.hunks.push(hunk)
    } else if (OUTSIDE_OF_HUNKS.test(line)) hunk = null
    else if (hunk !== null) {
      const mark = line.charAt(0)
      if (line === '') hunk.lines.push({ kind: ' ', text: '' })
      else if (isKind(mark)) hunk.lines.push({ kind: mark, text: line.slice(1) })
    }
  }
  return files.map(({ from, to, hunks }) => ({
    from,
    to,
    hunks: hunks.map(({ line, lines: all }) => ({ line, lines: withoutEmptyEnd(all) })),
  }))
}
