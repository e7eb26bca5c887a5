/** Columns that a text takes on a terminal: styles take none. */
export const visibleWidth = (text: string): number => [...text.replace(STYLE, '')].length

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what starts a style
const STYLE = /\u001b\[[0-9;]*m/g

const NO_BREAK = '\u00a0'

/** A number stays with its unit, and "3 of 3" together. */
const glue = (text: string) =>
  text
    .replace(/(\d) (?=(?:ms|s|min|h|%|of \d)(?!\w))/g, `$1${NO_BREAK}`)
    .replace(/(\d\u00a0of) (?=\d)/g, `$1${NO_BREAK}`)

/**
 * Breaks at spaces so that no line is wider than `width`, each behind `indent` (the first) or `hanging` (the
 * others). A word that is wider than a line (a path, a command) is kept whole, so that it can be copied.
 */
export const wrap = (
  text: string,
  options: { width: number; indent?: string; hanging?: string },
): string[] => {
  const { width, indent = '', hanging = indent } = options
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    const inset = /^ */.exec(paragraph)?.[0] ?? ''
    let line = ''
    const flush = () => {
      const margin = lines.length === 0 ? indent : hanging
      lines.push(`${margin}${inset}${line}`.replaceAll(NO_BREAK, ' ').trimEnd())
    }
    for (const word of glue(paragraph.trim()).split(/ +/)) {
      const margin = (lines.length === 0 ? indent : hanging) + inset
      if (line !== '' && visibleWidth(`${margin}${line} ${word}`) > width) {
        flush()
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    flush()
  }
  return lines
}

/** Cuts to `width` columns, with an ellipsis where something is missing. For texts without styles. */
export const truncate = (text: string, width: number): string => {
  const characters = [...text]
  if (characters.length <= width) return text
  return width < 1 ? '' : `${characters.slice(0, width - 1).join('')}…`
}
