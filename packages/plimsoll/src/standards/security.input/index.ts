import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'security.input',
  category: 'security',
  title: 'No input crashes the service, hangs it, or makes it tell its internals',
  threshold: { comparator: '=', value: 0, unit: 'count', of: 'inputs that crash, hang or leak' },
  why: 'One request that ends the process is an outage anybody can repeat for free; a stack trace is the map for the next attempt',
  source: 'brief, security: input validation and sanitisation; OWASP API Security Top 10 2023, API8',
  honesty: 'The payload families that were tried on the operations that were reached',
})
