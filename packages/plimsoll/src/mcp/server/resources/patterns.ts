import type { Surface } from '../surface.ts'
import type { Shelf } from './shelf.ts'

/** The built-in pattern library. */
export const patternsShelf = ({ patterns }: Surface): Shelf => ({
  name: 'pattern',
  title: 'Patterns',
  description: 'When a pattern helps, how it is built, its pitfalls, and the experiment that proves it.',
  address: 'plimsoll://patterns/{id}',
  mimeType: 'text/markdown',
  isListed: () => true,
  list: () => patterns().map(({ id, title, description }) => ({ id, title, description, variables: { id } })),
  read: ({ id }) => {
    const pattern = patterns().find((each) => each.id === id)
    return pattern === undefined ? null : { text: pattern.text, mimeType: 'text/markdown' }
  },
})
