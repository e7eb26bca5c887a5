import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'reliability.soak',
  category: 'reliability',
  title: 'Steady load takes a day or more to double its memory, or to use up descriptors or connections',
  threshold: {
    comparator: '>=',
    value: 24,
    unit: 'h',
  },
  why: 'What leaks a little with each request ends the process at night, and again the next night',
  source: 'brief, reliability: fault-tolerant systems with 99.9 % uptime',
  honesty: 'Carried on from the trend of minutes: a leak slower than the noise of that time stays unseen',
})
