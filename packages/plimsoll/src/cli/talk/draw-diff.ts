import { formatCount } from '../../base/text/numbers.ts'
import { truncate } from '../../base/text/wrap.ts'

export type Tone = 'dim' | 'red' | 'green' | 'yellow' | 'bold' | 'cyan'
export type Paint = (tone: Tone, text: string) => string

const MARGIN = '      '

const toneOf = (line: string): Tone =>
  line.startsWith('+') ? 'green' : line.startsWith('-') ? 'red' : line.startsWith('@@') ? 'cyan' : 'dim'

const fileOf = (line: string) => line.replace(/^[+-]{3} (?:[ab]\/)?/, '')

/** `+12 −3` of a unified diff. */
export const countDiff = (diff: string): string => {
  const lines = diff.split('\n').filter((line) => !/^(?:\+\+\+|---) /.test(line))
  const added = lines.filter((line) => line.startsWith('+')).length
  const removed = lines.filter((line) => line.startsWith('-')).length
  return [added > 0 ? `+${added}` : '', removed > 0 ? `−${removed}` : ''].filter((it) => it !== '').join(' ')
}

/** The first lines of a unified diff, cut to the width, with how many more there are. */
export const drawDiff = (
  diff: string,
  { width, most, paint }: { width: number; most: number; paint: Paint },
): string[] => {
  const all = diff.split('\n')
  const files = all.filter((line) => line.startsWith('+++ ') || line.startsWith('--- ')).map(fileOf)
  const isMany = new Set(files.filter((file) => file !== '/dev/null')).size > 1
  const told = all.filter(
    (line) =>
      line !== '' &&
      !/^(?:diff |index |--- |new file|deleted file|old mode|similarity)/.test(line) &&
      (isMany || !line.startsWith('+++ ')),
  )
  const shown = told.length > most + 1 ? told.slice(0, most) : told
  const rest = told.length - shown.length
  const lines = shown.map((line) => {
    const text = line.startsWith('+++ ') ? fileOf(line) : line.replaceAll('\t', '  ')
    return (
      MARGIN + paint(line.startsWith('+++ ') ? 'bold' : toneOf(line), truncate(text, width - MARGIN.length))
    )
  })
  return rest === 0 ? lines : [...lines, MARGIN + paint('dim', `… ${formatCount(rest, 'more line')}`)]
}
