import { z } from 'zod'
import { fitRows } from '../../base/text/fit.ts'
import { formatNumber } from '../../base/text/numbers.ts'
import { CATEGORIES, Category } from '../../model/priority.ts'
import type { Standard } from '../../model/standard.ts'
import { MOST_BYTES } from '../cut.ts'
import { defineTool } from '../define.ts'
import { no, withDoor } from '../refuse.ts'

const Input = z.strictObject({
  id: z.string().optional().describe('one standard, such as reliability.fault-tolerance'),
  category: Category.optional(),
})
type Input = z.infer<typeof Input>

const threshold = ({ threshold: { comparator, value, unit, of } }: Standard) =>
  `${comparator} ${formatNumber(value)} ${unit}${of === undefined ? '' : ` of ${of}`}`

const row = (standard: Standard) => `${standard.id} · ${standard.title} · ${threshold(standard)}`

const detail = (standard: Standard): string =>
  [
    row(standard),
    `why      ${standard.why}`,
    `source   ${standard.source}`,
    ...(standard.honesty === undefined ? [] : [`not said ${standard.honesty}`]),
  ].join('\n')

/** **Contract:** reads only; thresholds are those of the configuration. */
export default defineTool<Input>({
  id: 'standards',
  title: 'Show the standards',
  description:
    'Shows what the backend is held against: each standard with its promise and its threshold as this project has it. Use it to know a limit before you build (response times, recovery, rates) or what a finding was measured by. For how one is measured use explain. Thresholds are decided by people: they cannot be changed here.',
  input: Input,
  effect: 'reads',
  mcp: true,
  subjects: () => [],
  run: ({ id, category }, context) =>
    withDoor(context, async (door) => {
      const all = door.standards()
      if (id !== undefined) {
        const found = all.find((one) => one.id === id)
        return found === undefined
          ? no(`No standard is called "${id}". standards {} lists them.`)
          : { text: detail(found), data: found }
      }
      const wanted = all
        .filter((one) => category === undefined || one.category === category)
        .toSorted((a, b) => CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category))
      const { rows, left } = fitRows(wanted.map(row), MOST_BYTES - 60)
      return {
        text: [...rows, ...(left > 0 ? [`(${left} more: give a category)`] : [])].join('\n'),
        data: wanted,
      }
    }),
})
