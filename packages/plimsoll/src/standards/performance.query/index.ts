import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'performance.query',
  category: 'performance',
  title: 'A statement takes under 100 ms, in 99 of 100 cases',
  threshold: {
    comparator: '<',
    value: 0.01,
    unit: 'proportion',
    of: 'statements that take >= 100 ms',
    limit: 100,
    limitUnit: 'ms',
  },
  why: 'A request waits for the sum of its statements, and each one holds a connection that others queue for',
  source: 'brief, performance targets: simple database queries under 100 ms',
  honesty: 'With the seeded rows on this machine; production tables are larger',
})
