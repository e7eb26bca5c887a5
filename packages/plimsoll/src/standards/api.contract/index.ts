import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'api.contract',
  category: 'api',
  title: 'The service answers as HTTP and its own documentation say',
  threshold: { comparator: '=', value: 0, unit: 'count', of: 'answers that break the contract' },
  why: 'Clients are written against the contract; what differs from it breaks in their hands, not in yours',
  source: 'brief, API design: RESTful, documented, standardised errors; RFC 9110; RFC 9457',
  honesty: 'The operations that were reached',
})
