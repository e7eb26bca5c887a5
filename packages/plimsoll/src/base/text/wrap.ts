/** Columns that a text takes on a terminal: styles take none. */
export const visibleWidth = (text: string): number => [...text.replace(STYLE, '')].length

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what starts a style
const STYLE = /\u001b\[[0-9;]*m/g

/**
 * Breaks at spaces so that no line is wider than `width`, each behind `indent`. A word that is wider than a line
 * (a path, a command) is kept whole, so that it can be copied.
 */
export const wrap = (
  text: string,
  options: { width: number; indent?: string; hanging?: string },
): string[] => {
  const { width, indent = '', hanging = indent } = options
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(/ +/)) {
      const margin = lines.length === 0 ? indent : hanging
      if (line !== '' && visibleWidth(`${margin}${line} ${word}`) > width) {
        lines.push(`${margin}${line}`.trimEnd())
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    lines.push(`${lines.length === 0 ? indent : hanging}${line}`.trimEnd())
  }
  return lines
}

/** Cuts to `width` columns, with an ellipsis where something is missing. For texts without styles. */
export const truncate = (text: string, width: number): string => {
  const characters = [...text]
  if (characters.length <= width) return text
  return width < 1 ? '' : `${characters.slice(0, width - 1).join('')}…`
}
