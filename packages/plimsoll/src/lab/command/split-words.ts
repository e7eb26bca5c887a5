/** Characters that only a shell understands when they stand outside quotes. */
const SHELL_ONLY = new Set('|&;<>()$`*?[]{}\n!')

/**
 * Words of a command line that needs no shell: quotes and backslashes are resolved.
 * @returns null when the line uses anything that a shell would have to interpret
 */
export const splitWords = (line: string): string[] | null => {
  const words: string[] = []
  let word: string | null = null
  let quote: string | null = null
  for (let index = 0; index < line.length; index += 1) {
    const char = line[index] ?? ''
    if (quote === "'") {
      if (char === quote) quote = null
      else word = (word ?? '') + char
    } else if (char === '\\') {
      index += 1
      word = (word ?? '') + (line[index] ?? '')
    } else if (quote === '"') {
      if (char === quote) quote = null
      else if (char === '$' || char === '`') return null
      else word = (word ?? '') + char
    } else if (char === "'" || char === '"') {
      quote = char
      word ??= ''
    } else if (char === ' ' || char === '\t') {
      if (word !== null) words.push(word)
      word = null
    } else if (SHELL_ONLY.has(char) || (word === null && (char === '#' || char === '~'))) {
      return null
    } else {
      word = (word ?? '') + char
    }
  }
  if (quote !== null) return null
  if (word !== null) words.push(word)
  return words
}

/** Parts of `a && b && c`; anything else that chains stays inside its part. */
export const splitChain = (line: string): string[] => {
  const parts: string[] = []
  let depth = 0
  let quote: string | null = null
  let from = 0
  for (let index = 0; index < line.length; index += 1) {
    const char = line[index] ?? ''
    if (quote !== null) {
      if (char === '\\' && quote === '"') index += 1
      else if (char === quote) quote = null
    } else if (char === "'" || char === '"' || char === '`') quote = char
    else if (char === '\\') index += 1
    else if (char === '(') depth += 1
    else if (char === ')') depth -= 1
    else if (char === '&' && line[index + 1] === '&' && depth === 0) {
      parts.push(line.slice(from, index).trim())
      index += 1
      from = index + 1
    }
  }
  parts.push(line.slice(from).trim())
  return parts.filter((part) => part !== '')
}

/** A word as a shell would need it written. */
export const quoteWord = (word: string) =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
