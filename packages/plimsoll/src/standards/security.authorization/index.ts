import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'security.authorization',
  category: 'security',
  title: 'Nobody reads or changes what belongs to somebody else, or does what only another role may',
  threshold: {
    comparator: '=',
    value: 0,
    unit: 'count',
    of: 'operations that let the wrong principal through',
  },
  why: 'One customer who sees the invoices of another is a breach that has to be reported',
  source: 'brief, security: RBAC, least privilege; OWASP API Security Top 10 2023, API1, API3 and API5',
  honesty: 'The principals, operations and objects that were tried',
})
