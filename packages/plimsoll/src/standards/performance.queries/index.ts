import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'performance.queries',
  category: 'performance',
  title: 'A list costs the same number of statements however long it is',
  threshold: {
    comparator: '=',
    value: 0,
    unit: 'count',
    of: 'lists whose statements grow with their length',
  },
  why: 'Ten rows in development become a thousand in production, and with them a thousand round trips',
  source: 'brief, databases: efficient query patterns',
  honesty: 'The routes that were reached and the lengths their seeded data allowed',
})
