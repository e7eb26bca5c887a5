import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'security.authentication',
  category: 'security',
  title: 'Nobody gets in without the credentials, or stays in without a session',
  threshold: { comparator: '=', value: 0, unit: 'count', of: 'ways in or ways to stay in' },
  why: 'Whoever can act as somebody else owns that account, and whatever it is allowed to do',
  source:
    'brief, security: multi-factor authentication, secure sessions, secure all endpoints; OWASP API Security Top 10 2023, API2',
  honesty: 'The accounts, tokens and routes that were tried',
})
