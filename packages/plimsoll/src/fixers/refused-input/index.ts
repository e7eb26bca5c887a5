import ts from 'typescript'
import { codeIn, lineFor, type Refusal } from '../answer-refusal.ts'
import { defineFixer } from '../define.ts'
import { findErrorHandlers } from '../find-error-handlers.ts'
import { openEdits, patchOf } from '../patch-of.ts'

const REFUSALS: readonly { codes: RegExp; refusal: Refusal }[] = [
  {
    codes: /^(?:22\w{3}|23502|23514)$/,
    refusal: {
      test: (code) => `/^(?:22...|23502|23514)$/.test(${code})`,
      ...{ status: 400, said: 'a value is not acceptable' },
    },
  },
  {
    codes: /^23505$/,
    refusal: { test: (code) => `${code} === '23505'`, status: 409, said: 'it is there already' },
  },
  {
    codes: /^23503$/,
    refusal: {
      test: (code) => `${code} === '23503'`,
      ...{ status: 409, said: 'it belongs to something that is not there' },
    },
  },
]

/** **Contract:** reads, never writes; nothing where there is not one handler that answers all errors. */
export default defineFixer({
  id: 'refused-input',
  title: 'Answer what the database refuses as a mistake of the caller',
  repairs: ['contract'],
  propose: async (finding, source) => {
    const [, code = ''] = /: 5xx \((\w{5})\)$/.exec(finding.subject) ?? []
    const refusal = REFUSALS.find(({ codes }) => codes.test(code))?.refusal
    const [handler, another] = findErrorHandlers(source)
    if (refusal === undefined || handler === undefined || another !== undefined) return []
    const edits = openEdits(source)
    const edit = edits.of(handler.file)
    const [first] = ts.isBlock(handler.body) ? handler.body.statements : []
    if (edit === null || first === undefined) return []
    const { typescript: typed } = edit.style
    const line = lineFor(handler, refusal, codeIn(handler, typed), typed)
    if (edit.source.text.includes(refusal.said)) return []
    edit.before(first, line)
    return patchOf(finding, 'refused-input', `Answer ${refusal.status} to what the database refuses`, edits)
  },
})
