import { defineFixer } from '../define.ts'
import { plainSql, textOfEvidence } from '../find-statements.ts'
import { openEdits, patchOf } from '../patch-of.ts'
import { computeInStatement } from './compute-in-statement.ts'
import { lockBuilder } from './lock-builder.ts'
import { lockRead } from './lock-read.ts'

const LOCKED = 'Lock what is read until the transaction has written'
const COMPUTED = 'Let the statement compute from the row itself, and check it'

/** **Contract:** reads, never writes; nothing where the read and the write are not written out in a known shape. */
export default defineFixer({
  id: 'conditional-update',
  title: 'Keep two requests from writing what they both read',
  repairs: ['race'],
  propose: async (finding, source) => {
    const [readSql = '', writeSql = ''] = textOfEvidence(finding.evidence, 'Read, then written')
      .split('\n')
      .map(plainSql)
    const edits = openEdits(source)
    const offer = (title: string) => patchOf(finding, 'conditional-update', title, edits)
    if (readSql === '' || writeSql === '') return []
    if (lockRead(source, edits, readSql, writeSql)) return offer(LOCKED)
    if (lockBuilder(source, edits, readSql)) return offer(LOCKED)
    return computeInStatement(source, edits, readSql, writeSql) ? offer(COMPUTED) : []
  },
})
