/** true: ignored; false: named by a negated rule; undefined: no rule speaks of it. Paths are relative to the root. */
export type IgnoreRules = (file: string, folder: boolean) => boolean | undefined

const escapeText = (text: string) => text.replace(/[.+^${}()|\\]/g, '\\$&')

const translate = (pattern: string) =>
  escapeText(pattern)
    .replace(/^\*\*\//, '\u0001')
    .replace(/\/\*\*\//g, '\u0002')
    .replace(/\/\*\*$/, '\u0003')
    .replace(/\*+/g, '[^/]*')
    .replace(/\?/g, '[^/]')
    .replace('\u0001', '(?:.*/)?')
    .replaceAll('\u0002', '/(?:.*/)?')
    .replace('\u0003', '/.*')

const readRule = (dir: string, line: string) => {
  const negated = line.startsWith('!')
  const written = negated ? line.slice(1) : line
  const folderOnly = written.endsWith('/')
  const bare = written.replace(/\/$/, '')
  const anchored = bare.includes('/')
  const prefix = dir === '' ? '' : `${escapeText(dir)}/`
  const body = translate(bare.replace(/^\//, ''))
  try {
    return { negated, folderOnly, matches: new RegExp(`^${prefix}${anchored ? '' : '(?:.*/)?'}${body}$`) }
  } catch {
    return null
  }
}

/**
 * The rules of one `.gitignore` file.
 * @param dir folder it stands in, relative to the root, '' for the root
 */
export const readIgnoreRules = (dir: string, text: string): IgnoreRules => {
  const rules = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => readRule(dir, line))
    .filter((rule) => rule !== null)
  return (file, folder) => {
    const last = rules.findLast((rule) => (folder || !rule.folderOnly) && rule.matches.test(file))
    return last === undefined ? undefined : !last.negated
  }
}
