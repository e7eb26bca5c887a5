import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'performance.throughput',
  category: 'performance',
  title: 'It carries 1,000 requests a second, quick and without errors',
  threshold: { comparator: '>=', value: 1000, unit: 'requests/s' },
  why: 'Above its load line a service does not get slower, it stops: queues grow until everybody waits',
  source: 'brief, performance targets: 1000+ requests per second',
  honesty: 'For this machine, which service, store and sender share; with the data that the lab holds',
})
