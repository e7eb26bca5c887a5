import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'integrity.acid',
  category: 'integrity',
  title: 'Operations are whole, and no anomaly shows that no serial order explains',
  threshold: {
    comparator: '=',
    value: 0,
    unit: 'count',
    of: 'outcomes that no order of whole operations gives',
  },
  why: 'Money is there twice or gone, a seat is sold two times, an order has no lines: data that no later check can put right',
  source:
    'brief, data integrity: full transaction support; Berenson et al., A Critique of ANSI SQL Isolation Levels',
  honesty: 'The operations, pairs of operations and faults that were tried; not every interleaving there is',
})
