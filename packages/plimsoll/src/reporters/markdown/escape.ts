/** Text of a target cannot become markup, a mention, a link or an issue number. */
export const escapeText = (text: string): string =>
  text
    .replace(/[\\`*_{}[\]<>|~$]/g, '\\$&')
    .replaceAll('://', ':\\//')
    .replace(/\bwww\./gi, 'www\\.')
    .replace(/@(?=\w)/g, '@\u200b')
    .replace(/#(?=\d)/g, '#\u200b')
    .replace(/\s*\n\s*/g, ' ')

/** Inline code with a fence that is longer than any run of backticks in it. */
export const code = (text: string): string => {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = longest > 0 ? ' ' : ''
  return `${fence}${pad}${text.replace(/\s*\n\s*/g, ' ')}${pad}${fence}`
}

export const codeBlock = (text: string, language = ''): string => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`
}
