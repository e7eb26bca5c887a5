import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'integrity.durability',
  category: 'integrity',
  title: 'No acknowledged write is lost when the process is killed',
  threshold: {
    comparator: '=',
    value: 0,
    unit: 'count',
    of: 'acknowledged writes that are missing afterwards',
  },
  why: 'A customer was told that it is done, and it is not: nobody will notice until money or trust is missing',
  source: 'brief, data integrity: consistency and accuracy across all operations',
  honesty: 'Death of the process, not loss of power or of the disk',
})
