import { defineReading } from '../define-reading.ts'
import { findInPython } from './find-in-python.ts'
import { findInScript } from './find-in-script.ts'

const REPAIRS = [
  'hand the value over as a parameter: query("… WHERE id = $1", [id]), or a tagged template that does so',
  'for a column or a direction, look the name up in a list of the ones that are allowed',
]

const NOT_COVERED = ['whether something before the handler refuses such a value']

/** **Contract:** only reads; the experiment `injection` proves on the wire what a statement lets through. */
export default defineReading({
  id: 'sql-concatenation',
  title: 'No statement is put together from what a client sends',
  standard: 'security.input',
  mayHold: /\b(?:select|insert|update|delete|with|replace|merge|drop|alter|truncate)\b/i,
  kinds: {
    request: {
      title: (name) => `${name} becomes part of the text of an SQL statement`,
      ...{ severity: 'critical', tier: 'suspicion', cwe: 89, repairs: REPAIRS, notCovered: NOT_COVERED },
    },
    parameter: {
      title: (name) => `${name} is put between quotes in the text of an SQL statement`,
      ...{ severity: 'high', tier: 'suspicion', cwe: 89, repairs: REPAIRS },
      notCovered: ['where the callers of this function take the value from', ...NOT_COVERED],
    },
  },
  script: findInScript,
  python: findInPython,
  clean: 'No request data was seen in the text of an SQL statement',
  notCovered: [
    'values that pass through several functions before they reach a statement',
    'statements in stored procedures, and in languages other than JavaScript, TypeScript and Python',
  ],
})
