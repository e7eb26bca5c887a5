import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'reliability.recovery',
  category: 'reliability',
  title: 'The service is back within five minutes of any incident, by itself',
  threshold: { comparator: '<=', value: 300, unit: 's' },
  why: 'Every minute until it answers again is a minute in which customers fail, and one that waits for a person takes an hour at night',
  source: 'brief, uptime: recovery time under five minutes for critical services',
  honesty:
    'Each incident that was injected, on this machine; a longer outage or a larger database may take longer',
})
