import type { Verdict } from '../../../../plimsoll/src/model/verdict.ts'
import { CommandLine } from '../controls/command-line.tsx'
import { EvidenceView } from '../evidence/evidence-view.tsx'
import { Figures } from './figures.tsx'
import { Promised } from './promise.tsx'

const Listed = ({
  title,
  items,
  ordered,
}: {
  title: string
  items: readonly string[]
  ordered?: boolean
}) => {
  if (items.length === 0) return null
  const List = ordered ? 'ol' : 'ul'
  return (
    <div class="listed">
      <h4>{title}</h4>
      <List>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </List>
    </div>
  )
}

export const VerdictBody = ({ verdict }: { verdict: Verdict }) => (
  <>
    <Figures figures={verdict.figures} />
    {verdict.evidence.map((evidence) => (
      <EvidenceView key={evidence.title} evidence={evidence} />
    ))}
    {verdict.replay && (
      <div class="listed">
        <h4>See it again</h4>
        <CommandLine command={verdict.replay} what="the replay command" />
      </div>
    )}
    <Listed title="What would help" items={verdict.repairs} ordered />
    <Listed title="Not covered" items={verdict.notCovered} />
    <div class="listed">
      <h4>The promise</h4>
      <Promised standard={verdict.standard} probe={verdict.probe} />
    </div>
  </>
)
