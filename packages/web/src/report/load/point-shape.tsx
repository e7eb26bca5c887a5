import type { LoadPoint } from '../../../../plimsoll/src/model/reading/load-words.ts'

type Side = LoadPoint['side']

export const SIDE_WORDS: Record<Side, string> = {
  inside: 'inside the standard',
  outside: 'outside',
  undecided: 'undecided',
}

/** A filled circle, an open diamond, a ring: told apart without colour. */
export const PointShape = ({ x, y, side }: { x: number; y: number; side: Side }) => (
  <g class={`point side-${side}`} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
    {side === 'outside' ? <path d="M0-5 5 0 0 5-5 0z" /> : <circle r={side === 'inside' ? 3.6 : 3.9} />}
  </g>
)
