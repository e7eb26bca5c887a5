import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'integrity.validation',
  category: 'integrity',
  title: 'Every invalid input is refused with a 4xx and writes nothing',
  threshold: {
    comparator: '=',
    value: 0,
    unit: 'count',
    of: 'invalid inputs that were accepted or answered with 5xx',
  },
  why: 'What the server accepts ends up in the database, and every reader of it inherits the error',
  source: 'brief, data integrity: server-side validation of all inputs',
  honesty: 'The operations that were reached and the inputs that were tried',
})
