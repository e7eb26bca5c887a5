import type { Triggers } from '../../../model/agent.ts'
import { named, type Section } from './outline.ts'

type Kind = keyof Triggers

const KINDS: readonly [RegExp, Kind][] = [
  [/extension|file ?types?|file patterns?|\bfiles?\b/i, 'extensions'],
  [/director|folder|paths?\b|locations?/i, 'directories'],
  [/keyword|phrase|\bwords?\b|context|topics?|mentions?|terms?/i, 'keywords'],
]

const kindOf = (text: string): Kind | null => KINDS.find(([pattern]) => pattern.test(text))?.[1] ?? null

const unique = (items: readonly string[]) => [...new Set(items)]

const extensionsIn = (raw: string) =>
  [...raw.matchAll(/(?:^|[\s,`'"(*{])\*?(\.[A-Za-z][\w.+-]{0,11})(?=$|[\s,`'");}])/g)].map(([, extension]) =>
    (extension ?? '').toLowerCase(),
  )

const tokensIn = (raw: string) => {
  const marked = [...raw.matchAll(/`([^`]+)`|"([^"]+)"|“([^”]+)”|'([^']+)'/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? match[4] ?? '',
  )
  const tokens = marked.length > 0 ? marked : named(raw).value.split(/\s*[,;·]\s*/)
  return tokens.map((token) =>
    token
      .trim()
      .replace(/^(and|or)\s+/i, '')
      .replace(/[.;]$/, ''),
  )
}

const directoryOf = (token: string) =>
  token
    .replace(/[*?]+.*$/, '')
    .replace(/^\.?\/+|\/+$/g, '')
    .trim()

const readers: Readonly<Record<Kind, (raw: string) => string[]>> = {
  extensions: extensionsIn,
  directories: (raw) =>
    tokensIn(raw)
      .map(directoryOf)
      .filter((dir) => /^[\w@.-]+(\/[\w@.-]+)*$/.test(dir)),
  keywords: (raw) =>
    tokensIn(raw)
      .map((word) => word.toLowerCase())
      .filter((word) => word !== '' && word.length <= 40),
}

const ABOUT = /trigger|activat|when to (use|call|invoke)|applies to|wake/i

/** What wakes an agent: extensions, folders and words below a heading on activation. */
export const readTriggers = (sections: readonly Section[]): Triggers => {
  const found: Triggers = { extensions: [], directories: [], keywords: [] }
  for (const section of sections.filter(({ path }) => path.some((title) => ABOUT.test(title)))) {
    const below = ABOUT.test(section.title) ? null : kindOf(section.title)
    for (const { raw, text } of section.statements) {
      const kind = kindOf(named(text).name) ?? below
      if (kind !== null) found[kind].push(...readers[kind](raw))
    }
  }
  return {
    extensions: unique(found.extensions),
    directories: unique(found.directories),
    keywords: unique(found.keywords),
  }
}
