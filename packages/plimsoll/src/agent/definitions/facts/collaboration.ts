import type { Collaboration } from '../../../model/agent.ts'
import { named, type Section } from './outline.ts'

const DISCIPLINES: readonly [RegExp, string][] = [
  [/front-?end|\bui\b|\bux\b|client/i, 'frontend'],
  [/secur/i, 'security'],
  [/perform/i, 'performance'],
  [/dev-?ops|\bsre\b|infra|platform|operations|deploy/i, 'devops'],
  [/back-?end|server/i, 'backend'],
]

const partnerOf = (text: string): string =>
  DISCIPLINES.find(([pattern]) => pattern.test(text))?.[1] ??
  text
    .toLowerCase()
    .replace(/\b(with|the|to|from|for|agents?|teams?|engineers?|developers?|specialists?)\b/g, '')
    .replace(/\s+/g, ' ')
    .trim()

const ABOUT = /collaborat|hand-?offs?|hand-?overs?|work(s|ing)? with|partners|team ?work/i
/** `Working With Frontend Agents` names a partner itself; `Collaboration Patterns` only opens the subject. */
const isSubject = (title: string) =>
  ABOUT.test(title) && !DISCIPLINES.some(([pattern]) => pattern.test(title))

const itemsOf = (section: Section) =>
  section.statements.filter(({ indent }) => indent !== null).map(({ text }) => text)

const fromStatements = (section: Section): Collaboration[] =>
  section.statements
    .filter(({ indent }) => indent !== null)
    .flatMap(({ text, line }) => {
      const { name, value } = named(text)
      if (name === '') return []
      return [{ with: partnerOf(name), items: value.split(/\s*[,;]\s*/).filter((item) => item !== ''), line }]
    })

/** With whom an agent works, and on what. */
export const readCollaboration = (sections: readonly Section[]): Collaboration[] =>
  sections
    .filter(({ path }) => path.some((title) => ABOUT.test(title)))
    .flatMap((section) => {
      if (isSubject(section.title)) return fromStatements(section)
      const items = itemsOf(section)
      return items.length === 0 ? [] : [{ with: partnerOf(section.title), items, line: section.line }]
    })
