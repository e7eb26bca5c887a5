const escapeText = (text: string) => text.replace(/[.+^${}()|[\]\\]/g, '\\$&')

const cache = new Map<string, RegExp>()

const remember = (key: string, body: string): RegExp => {
  const found = cache.get(key) ?? new RegExp(`^(?:${body})$`, 's')
  cache.set(key, found)
  return found
}

/** `{a,b}` -> both patterns; one level, as hosts write it. */
const alternatives = (pattern: string): string[] => {
  const match = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/s.exec(pattern)
  if (match === null) return [pattern]
  const [, before = '', middle = '', after = ''] = match
  return middle.split(',').flatMap((each) => alternatives(`${before}${each}${after}`))
}

const pathBody = (pattern: string) =>
  escapeText(pattern.replace(/^\.\//, ''))
    .replace(/^\*\*\//, '\u0001')
    .replace(/\/\*\*\//g, '\u0002')
    .replace(/\/\*\*$/, '\u0003')
    .replace(/\*\*+/g, '\u0004')
    .replace(/\*/g, '[^/]*')
    .replace(/\?/g, '[^/]')
    .replace('\u0001', '(?:.*/)?')
    .replaceAll('\u0002', '/(?:.*/)?')
    .replace('\u0003', '(?:/.*)?')
    .replaceAll('\u0004', '.*')

const lineBody = (pattern: string) => {
  const body = escapeText(pattern).replace(/\*/g, '.*').replace(/\?/g, '.')
  // `git push *` means the bare command as well.
  return body.endsWith(' .*') ? `${body.slice(0, -3)}(?: .*)?` : body
}

/** A pattern without a slash means the name, in whatever folder. */
const anywhere = (pattern: string) => (pattern.includes('/') ? pattern : `**/${pattern}`)

/** Whether a path matches: `*` stays within a folder, `**` does not; a bare `*` is everything. */
export const matchesPath = (pattern: string, path: string): boolean =>
  pattern === '*' ||
  remember(`p${pattern}`, alternatives(anywhere(pattern)).map(pathBody).join('|')).test(path)

/** Whether a line of text (a command, a query, an address, an id) matches: `*` is any text. */
export const matchesLine = (pattern: string, line: string): boolean =>
  pattern === '*' || remember(`l${pattern}`, alternatives(pattern).map(lineBody).join('|')).test(line)
