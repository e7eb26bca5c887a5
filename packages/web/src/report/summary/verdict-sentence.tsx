import { conclude } from '../../../../plimsoll/src/model/reading/conclusion.ts'
import type { Run } from '../../../../plimsoll/src/model/run.ts'

const signs = { good: '✓', bad: '✖', open: '?' } as const

/** What the proof ended in, first, in words; then the counts and the exit code that CI saw. */
export const VerdictSentence = ({ run }: { run: Run }) => {
  const { mood, sentence, counts } = conclude(run)
  return (
    <div class={`conclusion mood-${mood}`}>
      <h1>
        <span aria-hidden="true">{signs[mood]}</span> {sentence}
      </h1>
      <p>
        {counts.join(' · ')} <span class="exit">exit {run.exitCode}</span>
      </p>
    </div>
  )
}
