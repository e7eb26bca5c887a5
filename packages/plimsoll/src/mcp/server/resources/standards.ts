import type { Standard } from '../../../model/standard.ts'
import type { Surface } from '../surface.ts'
import type { Shelf } from './shelf.ts'

const render = ({ id, title, category, threshold, why, source, honesty }: Standard): string => {
  const of = threshold.of === undefined ? '' : ` of ${threshold.of}`
  return [
    `# ${title}`,
    '',
    `Standard \`${id}\`, category ${category}.`,
    '',
    `- Threshold: ${threshold.comparator} ${threshold.value} ${threshold.unit}${of}`,
    `- Why: ${why}`,
    `- From: ${source}`,
    ...(honesty === undefined ? [] : [`- Not claimed: ${honesty}`]),
    '',
  ].join('\n')
}

/** The promises that a proof is held against. */
export const standardsShelf = ({ standards }: Surface): Shelf => ({
  name: 'standard',
  title: 'Standards',
  description: 'What is promised, with its threshold, why it matters and what it does not claim.',
  address: 'plimsoll://standards/{id}',
  mimeType: 'text/markdown',
  isListed: () => true,
  list: () => standards.map(({ id, title, why }) => ({ id, title, description: why, variables: { id } })),
  read: ({ id }) => {
    const standard = standards.find((each) => each.id === id)
    return standard === undefined ? null : { text: render(standard), mimeType: 'text/markdown' }
  },
})
