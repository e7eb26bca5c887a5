import { formatCount } from './numbers.ts'

/** `1 row added`, `2 rows changed`, `nothing`: an update counts as one row added and one removed. */
export const describeRows = ({ added, removed }: { added: number; removed: number }): string => {
  const changed = Math.min(added, removed)
  const parts = [
    [added - changed, 'added'],
    [changed, 'changed'],
    [removed - changed, 'removed'],
  ] as const
  const said = parts.flatMap(([count, how]) => (count > 0 ? [`${formatCount(count, 'row')} ${how}`] : []))
  return said.length === 0 ? 'nothing' : said.join(', ')
}
