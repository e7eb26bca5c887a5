import type { Surface } from '../surface.ts'
import type { Shelf } from './shelf.ts'

const titleOf = (text: string) => /^#+\s*(.+)$/m.exec(text)?.[1] ?? ''

/** What every experiment, inspection, fixer, … is about: the texts of `plimsoll explain`. */
export const explanationsShelf = ({ explanations }: Surface): Shelf => ({
  name: 'explanation',
  title: 'Explanations',
  description: 'Why a claim matters, how it is measured, how it is mended, and where its limits are.',
  address: 'plimsoll://explain/{family}/{id}',
  mimeType: 'text/markdown',
  isListed: ({ family }) => family === 'experiments' || family === 'inspections',
  list: () =>
    Object.entries(explanations).map(([key, text]) => {
      const [family = '', id = ''] = key.split('/')
      return { id: key, title: titleOf(text), variables: { family, id } }
    }),
  read: ({ family, id }) => {
    const text = explanations[`${family}/${id}`]
    return text === undefined ? null : { text, mimeType: 'text/markdown' }
  },
})
