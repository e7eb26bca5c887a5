import { truncate } from '../../base/text/wrap.ts'

export type Stream = { write(text: string): unknown; columns?: number }

const HIDE_CURSOR = '\u001b[?25l'
const SHOW_CURSOR = '\u001b[?25h'

/** A few lines that stay at the bottom while everything printed scrolls past above them. */
export type StickyBlock = {
  /** one line above the block, that stays */
  print(line: string): void
  /** replaces the block; lines hold no styles, and are cut to the width so that none wraps */
  show(lines: readonly string[]): void
  /** removes the block and gives the cursor back; idempotent, and the block may be shown again */
  close(): void
}

export const createStickyBlock = (
  stream: Stream,
  { width, style }: { width: number; style: (line: string) => string },
): StickyBlock => {
  let shown: readonly string[] = []
  const columns = () => Math.max(20, stream.columns ?? width)
  const erase = () => (shown.length > 0 ? `\u001b[${shown.length}A\r\u001b[0J` : '')
  const draw = (lines: readonly string[]) =>
    lines.map((line) => `${style(truncate(line, columns() - 1))}\n`).join('')
  // A process that ends in any way but SIGKILL gives the cursor back.
  const restore = () => stream.write(SHOW_CURSOR)
  const replace = (lines: readonly string[], above = '') => {
    const before = shown.length === 0 && lines.length > 0
    const after = shown.length > 0 && lines.length === 0
    stream.write(`${before ? HIDE_CURSOR : ''}${erase()}${above}${draw(lines)}${after ? SHOW_CURSOR : ''}`)
    if (before) process.once('exit', restore)
    if (after) process.off('exit', restore)
    shown = lines
  }
  return {
    print: (line) => (shown.length === 0 ? stream.write(`${line}\n`) : replace(shown, `${line}\n`)),
    show: (lines) => {
      if (lines.join('\n') !== shown.join('\n')) replace(lines)
    },
    close: () => {
      if (shown.length > 0) replace([])
    },
  }
}
