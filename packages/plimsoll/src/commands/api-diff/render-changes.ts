import { wrap } from '../../base/text/wrap.ts'
import type { Change } from '../../contract/diff/change.ts'

export type Shown = {
  document: string
  base: string
  head: string
  /** of the base */
  operations: number
  announced: boolean
  changes: readonly Change[]
  problems: readonly string[]
}

const MOST_CHARACTERS = 300
const MOST_PROBLEMS = 5

const counted = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`

const headline = ({ changes }: Shown) => {
  const sure = changes.filter(({ witness }) => witness !== null).length
  const doubtful = changes.length - sure
  const parts = [
    ...(sure > 0 ? [counted(sure, 'breaking change')] : []),
    ...(doubtful > 0 ? [counted(doubtful, 'suspicion')] : []),
  ]
  return parts.length === 0 ? 'nothing breaks' : parts.join(' · ')
}

const changeLines = ({ operations, part, what, witness }: Change, width: number): string[] => {
  const [first = '', ...others] = operations
  const where = part === '' ? first : `${first}, ${part}`
  const value = witness === null ? '' : (JSON.stringify(witness.value) ?? '').slice(0, MOST_CHARACTERS)
  const [kind, refused] = witness?.as === 'response' ? ['answer', 'unknown'] : ['request', 'refused']
  const facts = [
    ...(others.length > 0 ? [`also: ${others.join(', ')}`] : []),
    ...(witness === null ? [] : [`${kind}: ${value}`, `${refused}: ${witness.refusal}`]),
  ]
  return [
    ...wrap(`${witness === null ? '?' : '✖'} ${where}: ${what}`, { width, indent: '  ', hanging: '    ' }),
    ...facts.flatMap((fact) => wrap(fact, { width, indent: '      ', hanging: '        ' })),
  ]
}

/** The changes for people, the sure ones first. */
export const renderChanges = (shown: Shown, width: number): string => {
  const { document, base, head, operations, announced, changes, problems } = shown
  const notes = [
    `${document}: ${counted(operations, 'operation')} of ${base}, held against ${head}`,
    ...(announced ? ['the first number of its version went up: a break is announced'] : []),
    ...problems.slice(0, MOST_PROBLEMS).map((problem) => `not read: ${problem}`),
  ]
  const lines = [
    `⦵ ${headline(shown)}`,
    ...notes.flatMap((note) => wrap(note, { width, indent: '  ', hanging: '    ' })),
    ...(changes.length > 0 ? ['', ...changes.flatMap((change) => changeLines(change, width))] : []),
  ]
  return `${lines.join('\n')}\n`
}
