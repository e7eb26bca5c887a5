import type { Evidence } from '../evidence.ts'
import { drawCourse } from './draw-course.ts'
import { drawGrowth } from './draw-growth.ts'
import { drawLatencies } from './draw-latencies.ts'
import { drawLoad } from './draw-load.ts'

type Measured = Extract<Evidence, { kind: 'load' | 'latencies' | 'growth' | 'course' }>

const KINDS: readonly Evidence['kind'][] = ['load', 'latencies', 'growth', 'course']

export const isMeasured = (evidence: Evidence): evidence is Measured => KINDS.includes(evidence.kind)

/** What was measured under load, as lines of text no wider than `width` columns. */
export const drawMeasured = (evidence: Measured, width = 80): string[] => {
  switch (evidence.kind) {
    case 'load':
      return drawLoad(evidence.load, width)
    case 'latencies':
      return drawLatencies(evidence.latencies, width)
    case 'growth':
      return drawGrowth(evidence.growth, width)
    case 'course':
      return drawCourse(evidence.course, width)
  }
}
