import type { Run } from '../../../../plimsoll/src/model/run.ts'

/** Why nothing could be proved, and what would change that. */
export const Problem = ({ problem }: { problem: NonNullable<Run['problem']> }) => {
  const [first = '', ...rest] = problem.message.split('\n')
  return (
    <section class="problem" aria-labelledby="problem-title">
      <h2 id="problem-title">{first}</h2>
      {rest.length > 0 && <pre>{rest.join('\n')}</pre>}
      <p class="hint">
        <b>Next:</b> {problem.hint}
      </p>
      <p class="dim">
        <code>{problem.code}</code>
      </p>
    </section>
  )
}
