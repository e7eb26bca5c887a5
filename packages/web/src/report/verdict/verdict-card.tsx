import { useMemo } from 'preact/hooks'
import { detailOf } from '../../../../plimsoll/src/model/reading/detail.ts'
import type { Verdict } from '../../../../plimsoll/src/model/verdict.ts'
import { Foldable } from '../controls/foldable.tsx'
import { lookOf, StatusMark } from '../controls/status-mark.tsx'
import { useReport } from '../state/report-context.ts'
import { step } from '../state/use-keys.ts'
import { VerdictBody } from './verdict-body.tsx'

const Badges = ({ verdict }: { verdict: Verdict }) => {
  const { passed, of } = verdict.confirmations
  return (
    <span class="badges">
      {verdict.severity && <span class={`severity severity-${verdict.severity}`}>{verdict.severity}</span>}
      {verdict.status === 'refuted' && (
        <span class="confirmed" title="executions from a clean state that agreed">
          {passed} of {of}
        </span>
      )}
    </span>
  )
}

/** Arrows walk only from a verdict: elsewhere they scroll the page, as everybody expects. */
const arrows = (event: KeyboardEvent) => {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  event.preventDefault()
  step(event.key === 'ArrowDown' ? 1 : -1)
}

/** One verdict: a line that says it, and behind it the evidence. Closed text can still be found in the page. */
export const VerdictCard = ({ verdict }: { verdict: Verdict }) => {
  const { isOpen, toggle } = useReport()
  const open = isOpen(verdict.id)
  const look = lookOf(verdict)
  // The same element again is not compared again: opening one of many hundred stays quick.
  const body = useMemo(() => <VerdictBody verdict={verdict} />, [verdict])
  return (
    <article class={`verdict look-${look}`} id={verdict.id} aria-labelledby={`${verdict.id}-title`}>
      <h3>
        <button
          type="button"
          data-verdict={verdict.id}
          aria-expanded={open}
          aria-controls={`${verdict.id}-body`}
          onClick={() => toggle(verdict.id)}
          onKeyDown={arrows}
        >
          <StatusMark look={look} />
          <span class="said">
            <span class="title" id={`${verdict.id}-title`}>
              {verdict.title}
            </span>
            <span class="detail">{detailOf(verdict)}</span>
          </span>
          <span class="meta">
            <Badges verdict={verdict} />
            <code class="id">{verdict.id}</code>
          </span>
        </button>
      </h3>
      <Foldable id={`${verdict.id}-body`} open={open} onFound={() => !open && toggle(verdict.id)}>
        {body}
      </Foldable>
    </article>
  )
}
