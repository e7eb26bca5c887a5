import { readLoadBadge } from '../../model/reading/load-badge.ts'
import { readLoadLine } from '../../model/reading/load-line.ts'
import { type SvgNode, svg, writeSvg } from '../../model/reading/svg.ts'
import { defineReporter } from '../define.ts'
import { widthOf } from './letters.ts'

const HEIGHT = 20
const PAD = 7
const SIGN = 18

const GROUND = '#444c55'
const INK = '#ffffff'

/** The Plimsoll mark. */
const sign = svg(
  'g',
  { fill: 'none', stroke: INK, 'stroke-width': 1.5 },
  svg('circle', { cx: PAD + 6, cy: 10, r: 4 }),
  svg('path', { d: `M${PAD} 10h12` }),
)

const words = (text: string, x: number): SvgNode =>
  svg('text', { x, y: 14, textLength: widthOf(text).toFixed(1), lengthAdjust: 'spacingAndGlyphs' }, text)

export default defineReporter({
  id: 'badge',
  title: 'Badge: the load line as a small picture for a README',
  file: 'load-line.svg',
  applies: (run) => readLoadLine(run) !== null,
  render: (run) => {
    const { label, message, color } = readLoadBadge(run)
    const said = `${label}: ${message}`
    const left = Math.round(PAD + SIGN + widthOf(label) + PAD)
    const width = left + Math.round(widthOf(message) + 2 * PAD)
    const font = { 'font-family': 'Verdana,Geneva,DejaVu Sans,sans-serif', 'font-size': 11 }
    const picture = svg(
      'svg',
      {
        ...{ xmlns: 'http://www.w3.org/2000/svg', width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
        ...{ role: 'img', 'aria-label': said },
      },
      svg('title', {}, said),
      svg('path', { d: `M3 0H${left}V20H3q-3 0-3-3V3q0-3 3-3z`, fill: GROUND }),
      svg('path', { d: `M${left} 0H${width - 3}q3 0 3 3V17q0 3-3 3H${left}z`, fill: `#${color}` }),
      sign,
      svg('g', { fill: INK, ...font }, words(label, PAD + SIGN), words(message, left + PAD)),
    )
    return `${writeSvg(picture)}\n`
  },
})
