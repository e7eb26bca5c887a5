import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'integrity.idempotency',
  category: 'integrity',
  title: 'A retried request has one effect',
  threshold: {
    comparator: '=',
    value: 0,
    unit: 'count',
    of: 'effects beyond the first, for one key or one repeated request',
  },
  why: 'A client that heard no answer asks again, and a customer pays twice or gets an answer that belongs to somebody else',
  source:
    'brief, data integrity: consistency across retries; RFC 9110, 9.2.2; IETF draft, The Idempotency-Key HTTP Header Field',
  honesty: 'Retries within seconds of each other; not the time after which a key is forgotten',
})
