const BRACES = /^((?:[^\\{}]|\\.)*)\{([^{}]*)\}(.*)$/s

/** `*.{ts,js}` -> `*.ts`, `*.js` */
const expand = (pattern: string): string[] => {
  const found = BRACES.exec(pattern)
  if (found === null) return [pattern]
  const [, head = '', choices = '', tail = ''] = found
  return choices.split(',').flatMap((choice) => expand(`${head}${choice}${tail}`))
}

const TOKEN = /\*\*\/|\*\*|\*|\?|\[!?[^\]/]+\]|\\.|[\s\S]/g

const translate = (token: string): string => {
  if (token === '**/') return '(?:[^/]+/)*'
  if (token === '**') return '.*'
  if (token === '*') return '[^/]*'
  if (token === '?') return '[^/]'
  if (token.length > 2 && token.startsWith('['))
    return `[${token.slice(1, -1).replace(/^!/, '^').replaceAll('\\', '\\\\')}]`
  return token.slice(-1).replace(/[.+^${}()|[\]\\*?/]/g, '\\$&')
}

const compile = (pattern: string): RegExp => {
  const source = (pattern.match(TOKEN) ?? []).map(translate).join('')
  try {
    return new RegExp(`^${source}$`, 's')
  } catch {
    return /^(?!)/
  }
}

/**
 * Matches paths with forward slashes: `*` and `?` within one folder, `**` across folders, `{a,b}`, `[a-z]`. A pattern
 * without a slash is matched against the last part of the path: `*.ts` is every TypeScript file.
 */
export const globMatcher = (pattern: string): ((path: string) => boolean) => {
  const clean = pattern.replace(/^\.\//, '').replace(/\/$/, '/**')
  const tests = expand(clean.includes('/') ? clean : `**/${clean}`).map(compile)
  return (path) => tests.some((one) => one.test(path))
}
