import type { Served } from '../surface.ts'
import type { Shelf } from './shelf.ts'

/** Answers of this server that were too long to give whole. */
export const answersShelf = ({ answers }: Served): Shelf => ({
  name: 'answer',
  title: 'Whole answers',
  description: 'An answer that was cut: the last 50 are kept while the server runs.',
  address: 'plimsoll://answers/{id}',
  mimeType: 'text/markdown',
  isListed: () => false,
  list: () => answers.ids().map((id) => ({ id, title: `Answer ${id}`, variables: { id } })),
  read: ({ id }) => answers.read(`plimsoll://answers/${id}`),
})
