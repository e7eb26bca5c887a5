import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'security.limits',
  category: 'security',
  title: 'Expensive and guessable operations are limited',
  threshold: { comparator: '=', value: 0, unit: 'count', of: 'operations without a limit that were used up' },
  why: 'A login that may be tried without end is opened in the end; an endpoint that does work without end is an outage for free',
  source: 'brief, security: rate limiting; OWASP API Security Top 10 2023, API4 and API6',
  honesty: 'A bounded number of attempts from one address',
})
