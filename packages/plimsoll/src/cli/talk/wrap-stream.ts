import { visibleWidth, wrap } from '../../base/text/wrap.ts'

const INDENT = '  '

/**
 * Breaks a text that comes in pieces into lines of `width` columns. A line is given once nothing can be added to it;
 * `rest` is what may still grow.
 */
export type StreamWrap = {
  push(text: string): string[]
  rest(): string
  /** what is left, as lines */
  end(): string[]
}

export const createStreamWrap = (width: () => number): StreamWrap => {
  let held = ''
  const linesOf = (text: string) =>
    wrap(text, { width: width(), indent: INDENT }).filter((_, index, all) => index < all.length)
  return {
    push: (text) => {
      held += text
      const done: string[] = []
      const paragraphs = held.split('\n')
      held = paragraphs.pop() ?? ''
      for (const paragraph of paragraphs) done.push(...(paragraph.trim() === '' ? [''] : linesOf(paragraph)))
      if (visibleWidth(held) + INDENT.length > width()) {
        const lines = linesOf(held)
        held = (lines.pop() ?? '').slice(INDENT.length) + (/\s$/.exec(held)?.[0] ?? '')
        done.push(...lines)
      }
      return done
    },
    rest: () => (held === '' ? '' : INDENT + held),
    end: () => {
      const lines = held.trim() === '' ? [] : linesOf(held)
      held = ''
      return lines
    },
  }
}
