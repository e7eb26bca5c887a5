import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'operability.health',
  category: 'operability',
  title: 'Health says no while a needed dependency is down, and yes once it is back',
  threshold: { comparator: '=', value: 0, unit: 'count', of: 'health answers that contradict the state' },
  why: 'Load balancers and people believe it: a false yes keeps sending customers into errors, a false no empties the pool',
  source: 'brief, monitoring: health checks, recovery',
  honesty: 'The dependencies that the lab can take away',
})
