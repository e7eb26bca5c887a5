import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'performance.api',
  category: 'performance',
  title: 'A standard operation answers under 200 ms, in 99 of 100 cases',
  threshold: {
    comparator: '<',
    value: 0.01,
    unit: 'proportion',
    of: 'requests that take >= 200 ms',
    limit: 200,
    limitUnit: 'ms',
  },
  why: 'People notice a delay from about there on, and a page makes several calls',
  source: 'brief, performance targets: API response time under 200 ms',
  honesty: 'On this machine at the stated rate; no network between client and service',
})
