import type { Evidence } from '../../../../plimsoll/src/model/evidence.ts'
import { TimelineChart } from '../timeline/timeline-chart.tsx'
import { ExchangeView } from './exchange-view.tsx'
import { ScheduleView } from './schedule-view.tsx'
import { StatementsView } from './statements-view.tsx'

const Content = ({ evidence }: { evidence: Evidence }) => {
  switch (evidence.kind) {
    case 'text':
      return <p class="text">{evidence.text}</p>
    case 'log':
      return <pre class="log">{evidence.lines.join('\n')}</pre>
    case 'source':
      return <pre>{evidence.excerpt.trimEnd()}</pre>
    case 'exchange':
      return <ExchangeView exchange={evidence.exchange} />
    case 'statements':
      return <StatementsView statements={evidence.statements} />
    case 'timeline':
      return <TimelineChart timeline={evidence.timeline} />
    case 'schedule':
      return <ScheduleView played={evidence.played} />
  }
}

/** One piece of evidence, whatever its kind, under its title. */
export const EvidenceView = ({ evidence }: { evidence: Evidence }) => (
  <figure class={`evidence evidence-${evidence.kind}`}>
    <figcaption>
      {evidence.title}
      {evidence.kind === 'source' && (
        <code class="place">
          {evidence.place.file}:{evidence.place.line}
        </code>
      )}
    </figcaption>
    <Content evidence={evidence} />
  </figure>
)
