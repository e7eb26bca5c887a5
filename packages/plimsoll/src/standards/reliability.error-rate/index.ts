import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'reliability.error-rate',
  category: 'reliability',
  title: 'Fewer than one in a thousand requests to critical operations fails',
  threshold: {
    comparator: '<',
    value: 0.001,
    unit: 'proportion',
    of: 'requests answered with 5xx or not at all',
  },
  why: 'At one in a hundred, a customer who makes ten calls meets an error every tenth visit',
  source: 'brief, performance targets: error rate under 0.1 %',
  honesty: '2,995 clean requests prove it at 95 % confidence; fewer leave it inconclusive',
})
