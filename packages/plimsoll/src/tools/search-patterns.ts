import { type Pattern, patternLibrary } from './pattern-library.ts'
import { type Ranked, rankTexts } from './rank-texts.ts'

const rankedOf = ({ id, title, description, tags, sections }: Pattern): Ranked => ({
  id,
  fields: [
    { text: title, weight: 4, decides: true },
    { text: tags.join(' '), weight: 3, decides: true },
    { text: description, weight: 2, decides: true },
    { text: sections.map(({ text }) => text).join(' '), weight: 0.5 },
  ],
})

/** Patterns of the built-in library that answer a query, best first; none where nothing does. */
export const findPatterns = (query: string): readonly Pattern[] => {
  const library = patternLibrary()
  return rankTexts(library.map(rankedOf), query).flatMap(({ id }) =>
    library.filter((pattern) => pattern.id === id),
  )
}

/** The same with their whole texts, for what stands in for a server of documentation. */
export const searchPatterns = (query: string): { id: string; title: string; text: string }[] =>
  findPatterns(query).map(({ id, title, description, body }) => ({
    id,
    title,
    text: `${description}\n\n${body}`,
  }))
