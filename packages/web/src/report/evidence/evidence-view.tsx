import type { Evidence } from '../../../../plimsoll/src/model/evidence.ts'
import { CourseView } from '../load/course-view.tsx'
import { GrowthView } from '../load/growth-view.tsx'
import { LatenciesView } from '../load/latencies-view.tsx'
import { LoadView } from '../load/load-view.tsx'
import { TimelineChart } from '../timeline/timeline-chart.tsx'
import { ExchangeView } from './exchange-view.tsx'
import { MatrixView } from './matrix-view.tsx'
import { ScheduleView } from './schedule-view.tsx'
import { StatementsView } from './statements-view.tsx'

/** Facts that stand on lines of their own are a list; what is laid out in lines stays so. */
const TextView = ({ text }: { text: string }) => {
  const lines = text.split('\n')
  const isList = lines.length > 1 && lines.every((line) => /^\S/.test(line))
  if (lines.some((line) => /^ +\S/.test(line))) return <pre>{text}</pre>
  if (!isList) return <p class="text">{text}</p>
  return (
    <ul class="text">
      {lines.map((line, index) => (
        <li key={index}>{line}</li>
      ))}
    </ul>
  )
}

const Content = ({ evidence }: { evidence: Evidence }) => {
  switch (evidence.kind) {
    case 'text':
      return <TextView text={evidence.text} />
    case 'log':
      return <pre class="log">{evidence.lines.join('\n')}</pre>
    case 'source':
      return <pre>{evidence.excerpt.trimEnd()}</pre>
    case 'exchange':
      return <ExchangeView exchange={evidence.exchange} />
    case 'statements':
      return <StatementsView statements={evidence.statements} />
    case 'matrix':
      return <MatrixView matrix={evidence.matrix} />
    case 'timeline':
      return <TimelineChart timeline={evidence.timeline} />
    case 'schedule':
      return <ScheduleView played={evidence.played} />
    case 'load':
      return <LoadView load={evidence.load} />
    case 'latencies':
      return <LatenciesView latencies={evidence.latencies} />
    case 'growth':
      return <GrowthView growth={evidence.growth} />
    case 'course':
      return <CourseView course={evidence.course} />
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
