import { styleText } from 'node:util'
import { visibleWidth } from '../../base/text/wrap.ts'

type Style = Parameters<typeof styleText>[0]

export type Paint = (style: Style, text: string) => string

/** Styles where colour is wanted, and nothing otherwise: the surface decides, not this stream. */
export const createPaint = (color: boolean): Paint =>
  color ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text

/** `left` and `right` at the two edges; on two lines where they do not fit on one. */
export const edges = (left: string, right: string, width: number): string[] => {
  const gap = width - visibleWidth(left) - visibleWidth(right)
  if (gap >= 2) return [`${left}${' '.repeat(gap)}${right}`]
  return [left, `${' '.repeat(Math.max(2, width - visibleWidth(right)))}${right}`]
}
