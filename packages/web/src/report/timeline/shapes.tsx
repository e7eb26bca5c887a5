import type { Outcome } from './outcome.ts'

/** A filled circle, an open diamond, a cross: told apart without colour. */
export const Shape = ({
  x,
  y,
  outcome,
  title,
}: {
  x: number
  y: number
  outcome: Outcome
  title?: string
}) => (
  <g class={`dot dot-${outcome}`} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
    {title === undefined ? null : <title>{title}</title>}
    {outcome === 'ok' && <circle r="2.6" />}
    {outcome === 'error' && <path d="M0-4.2 4.2 0 0 4.2-4.2 0z" />}
    {outcome === 'none' && <path d="M-3-3 3 3M3-3-3 3" />}
  </g>
)

const WORDS: Record<Outcome, string> = { ok: 'answered', error: 'answered with an error', none: 'no answer' }

export const Legend = ({ outcomes, fault }: { outcomes: readonly Outcome[]; fault: boolean }) => (
  <ul class="legend">
    {outcomes.map((outcome) => (
      <li key={outcome}>
        <svg viewBox="-6 -6 12 12" aria-hidden="true">
          <Shape x={0} y={0} outcome={outcome} />
        </svg>
        {WORDS[outcome]}
      </li>
    ))}
    {fault && (
      <li>
        <svg viewBox="-6 -6 12 12" aria-hidden="true">
          <rect class="band" x="-6" y="-6" width="12" height="12" />
        </svg>
        fault
      </li>
    )}
  </ul>
)
