import { named, type Section } from './outline.ts'

const clean = (text: string) =>
  text
    .replace(/\(.*?\)/g, '')
    .replace(/^(and|then)\s+/i, '')
    .replace(/[.;,!]+$/, '')
    .trim()
    .toLowerCase()

const isWord = (text: string) => /^[\p{L}][\p{L} &/-]{1,40}$/u.test(text)

const split = (text: string, separator: RegExp) => {
  const parts = text.split(separator).map(clean)
  return parts.length >= 2 && parts.every(isWord) ? parts : null
}

const CHAIN = /\s*(?:>+|≻|→|->|»)\s*/
const LIST = /\s*(?:,?\s*\bthen\b|,|;|\bover\b|\bbefore\b)\s*/
const PRIORITY = /priorit|precedence|what wins|trade-?off/i

/** The order in which things count: `A > B > C`, a sentence about priorities, or a numbered list below such a heading. */
export const readPriorities = (sections: readonly Section[]): string[] => {
  for (const section of sections) {
    const isAbout = PRIORITY.test(section.title)
    for (const { text } of section.statements) {
      const { name, value } = named(text)
      const says = isAbout || PRIORITY.test(name)
      const chain = split(value, CHAIN)
      if (chain !== null && (says || chain.length >= 3)) return chain
      const list = says ? split(value, LIST) : null
      if (list !== null && list.length >= 3) return list
    }
    const numbered = section.statements.filter(({ isNumbered }) => isNumbered)
    if (isAbout && numbered.length >= 2) return numbered.map(({ text }) => clean(named(text).name || text))
  }
  return []
}
