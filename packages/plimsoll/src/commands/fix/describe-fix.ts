import type { Fixed } from '../../engine/fix/fix.ts'
import type { Run } from '../../model/run.ts'
import type { Finding } from '../../model/verdict.ts'

const changesOf = (changes: readonly { title: string; before: string; after: string }[]) =>
  changes.map(({ title, before, after }) => `  ${before} -> ${after}: ${title}`)

/** What was, what is, and how to see both: the message of a commit, and the head of a patch file. */
export const describeFix = (fixed: Fixed, finding: Finding, run: Run): string =>
  [
    fixed.patch?.title ?? finding.title,
    '',
    `${finding.title} (${finding.subject}).`,
    `Before: refuted, ${finding.confirmations.passed} of ${finding.confirmations.of} · ${finding.detail}`,
    `After:  proven with seed ${run.seed} · ${fixed.reason}`,
    ...(fixed.comparison === null
      ? []
      : [
          `Nothing that was proven before became worse (Run ${run.id}).`,
          ...changesOf(fixed.comparison.better.filter(({ id }) => id === finding.id)),
        ]),
    `Replay: plimsoll replay ${finding.id}`,
  ].join('\n')
