import { formatDuration } from '../../base/text/numbers.ts'
import type { ProgressEvent } from '../../model/progress.ts'

/** What goes on, as one line; null for what is not worth one. */
export const tellProgress = (event: ProgressEvent): string | null => {
  switch (event.kind) {
    case 'survey':
      return `survey: ${event.line}`
    case 'lab-doing':
      return `lab: ${event.step}: ${event.command}`
    case 'lab-step':
      return null
    case 'lab-ready':
      return `lab: ${event.line}`
    case 'plan':
      return `plan: ${event.probes.map(({ id }) => id).join(', ')}`
    case 'probe-started':
      return `${event.id}: ${event.title}`
    case 'probe-confirming':
      return `${event.id}: confirmed ${event.done} of ${event.of}`
    case 'probe-finished': {
      const { id, outcome, refuted, proven, inconclusive, durationMs } = event
      const counts = `${refuted} refuted, ${proven} proven, ${inconclusive} inconclusive`
      return `${id}: ${outcome === 'ran' ? counts : outcome} after ${formatDuration(durationMs)}`
    }
    case 'note':
      return event.text
  }
}
