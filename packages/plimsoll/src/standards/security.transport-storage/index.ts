import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'security.transport-storage',
  category: 'security',
  title: 'Browsers get protective headers and guarded cookies, and no secret lies in the repository',
  threshold: { comparator: '=', value: 0, unit: 'count', of: 'exposures' },
  why: 'A copied credential or a stolen session gives away everything the service may do, quietly',
  source:
    'brief, security: secure transmission and storage; OWASP Secure Headers Project; RFC 6265 section 4.1.2',
  honesty: 'Settings and files as they are in the lab; a TLS terminator in front is not seen',
})
