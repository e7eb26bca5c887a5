import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'reliability.fault-tolerance',
  category: 'reliability',
  title: 'A request that a failing dependency affects still ends within ten seconds',
  threshold: { comparator: '<=', value: 10, unit: 's' },
  why: 'A request without an end holds a connection, a worker and a customer; a few of them take down routes that need nothing from what failed',
  source:
    'brief, reliability first: fault-tolerant, degrades gracefully; Nielsen, Response Times: 10 s is the limit of attention',
  honesty: 'Per dependency, fault and route that was tried; combinations of faults are not covered',
})
