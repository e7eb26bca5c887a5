import { thresholdText } from '../appendix/threshold-text.ts'
import { useReport } from '../state/report-context.ts'

/** Standards are data, written with a full stop or without. */
const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)

/** The promise that was judged, why anybody should care, and what the verdict does not claim. */
export const Promised = ({ standard: id, probe }: { standard: string; probe: string }) => {
  const { standards, explanations, explain } = useReport()
  const standard = standards.get(id)
  const texts = [`experiments/${probe}`, `inspections/${probe}`].filter((key) => key in explanations)
  return (
    <div class="promise">
      {standard && (
        <p>
          <b>{standard.title}</b> <span class="dim">({thresholdText(standard.threshold)})</span>.{' '}
          {sentence(standard.why)}
          {standard.honesty && <span class="dim"> {sentence(standard.honesty)}</span>}
        </p>
      )}
      <p class="sources">
        <code>{id}</code> decided by{' '}
        {texts[0] === undefined ? (
          <code>{probe}</code>
        ) : (
          <button type="button" class="link" onClick={() => explain(texts[0] ?? '')}>
            {probe}: how it is measured, how to fix it
          </button>
        )}
      </p>
    </div>
  )
}
