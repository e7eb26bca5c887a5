import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'security.supply',
  category: 'security',
  title: 'No dependency with a known weakness is locked',
  threshold: { comparator: '=', value: 0, unit: 'count', of: 'locked versions with a known weakness' },
  why: 'Known weaknesses are tried by everybody, all the time, without looking for you',
  source: 'brief, security: regular audits, vulnerability assessment',
  honesty: 'The advisories in the local database, at its date',
})
