import type { Severity } from '../../model/priority.ts'
import type { Expectation } from '../../model/verdict.ts'
import type { Anomaly, Check } from './seen.ts'
import { METHODS_SUBJECT } from './try-methods.ts'

/** Cut to one line that a reader takes in at once. */
export const short = (text: string, most = 220) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

const named = (mark: string) => (mark === '' ? '' : ` (${mark})`)

/** What an anomaly is about: the same in every execution. */
export const subjectOf = ({ check, operation, mark }: Anomaly): string => {
  switch (check) {
    case 'exit':
      return `${operation}: exit`
    case 'server-error':
      return `${operation}: 5xx${named(mark)}`
    case 'hang':
      return `${operation}: hang`
    case 'failed-write':
      return `${operation}: refused writes`
    case 'delete':
      return `${operation}: delete`
    case 'created':
      return `${operation}: created`
    case 'accepted':
      return `${operation}: invalid ${mark}`
    case 'response':
      return `${operation}: response ${mark.replace('status ', '').split(' ')[0]}`
    case 'repeat-put':
      return `${operation}: repeated`
    case 'location':
      return `${operation}: Location`
    case 'pagination':
      return `${operation}: pages`
    case 'leak':
      return `${operation}: internals in error answers`
    case 'method':
      return METHODS_SUBJECT
  }
}

export type Words = {
  title: string
  repairs: string[]
  cwe?: number
  /** the standard that it breaks, where that is not the experiment's first one */
  standard?: string
}

export const WORDS: Readonly<Record<Check, Words>> = {
  exit: {
    title: 'One request ends the process',
    repairs: ['Catch what the request path throws and answer with an error; never let it reach the process.'],
    cwe: 248,
  },
  'server-error': {
    title: 'Input makes it fail with a 5xx',
    repairs: [
      'Check the input where it comes in (type, length, range, format) and answer 4xx, with the bounds that the column has.',
      'Map what the store refuses to 4xx: 22xxx and 23502 and 23514 to 400, 23505 to 409, 23503 to 404 or 409.',
    ],
    cwe: 20,
  },
  hang: {
    title: 'Input makes it hang',
    repairs: [
      'End every request: bound what it waits for and what it computes, and pass errors of async code on.',
    ],
    cwe: 400,
  },
  'failed-write': {
    title: 'A request that was refused changes data all the same',
    repairs: ['Check everything before the first write, or write in one transaction and roll it back.'],
    standard: 'integrity.validation',
  },
  delete: {
    title: 'DELETE answers success and deletes nothing',
    repairs: [
      'Delete the row, or mark it and leave it out of reads; answer 404 where there was nothing to delete.',
    ],
  },
  created: {
    title: 'What was created cannot be read',
    repairs: ['Answer 201 only when what was made can be read, or 202 until it can.'],
  },
  accepted: {
    title: 'Input that the documentation rules out is accepted',
    repairs: [
      'Check requests against the same schema that the documentation is made from, or correct the documentation.',
    ],
    cwe: 20,
    standard: 'integrity.validation',
  },
  response: {
    title: 'Answers are not as documented',
    repairs: [
      'Correct the documentation or the answer; serialise through the documented schema so that they cannot drift.',
    ],
  },
  'repeat-put': {
    title: 'PUT sent twice is not the same as PUT sent once',
    repairs: ['Set the whole state from the body: no appending and no counting in PUT.'],
  },
  location: {
    title: 'Location of what was created leads nowhere',
    repairs: ['Send the path under which the new thing can be read, base path included.'],
  },
  pagination: {
    title: 'Pages of a list do not add up to the list',
    repairs: ['Order by something unique (the id last), and skip or seek by the same order on every page.'],
  },
  leak: {
    title: 'Error answers show what is inside',
    repairs: [
      'Answer with a fixed message and an id; write the rest to the log. In production set NODE_ENV=production.',
    ],
    cwe: 209,
  },
  method: {
    title: 'A method that a path does not have is not answered as HTTP says',
    repairs: ['Answer 405 with an Allow header that lists the methods of the path.'],
  },
}

/** What a test of the first request that is shown would assert; several requests tell the rest. */
export const EXPECTED: Readonly<Partial<Record<Check, Expectation['status']>>> = {
  'server-error': 'not 5XX',
  exit: 'not 5XX',
  hang: 'not 5XX',
  leak: 'not 5XX',
  accepted: '4XX',
}

/** A value that the store refuses was none that it should have been given, however well it fits the documentation. */
const isRefusedByStore = (mark: string) => /^2[23]/.test(mark)

const ofFailure = ({ input, mark }: Anomaly): Severity => {
  if (input === null || input.kind === 'ordinary') return isRefusedByStore(mark) ? 'medium' : 'high'
  if (/NUL/.test(input.note)) return 'low'
  if (input.kind === 'odd') return 'medium'
  return input.keyword === 'required' || input.part.startsWith('body') ? 'medium' : 'low'
}

const LIGHT = new Set([
  'uniqueItems',
  'maxLength',
  'maximum',
  'exclusiveMaximum',
  'multipleOf',
  'maxItems',
  'pattern',
])

const ofAccepted = ({ mark, input }: Anomaly): Severity =>
  mark === 'parameters' || LIGHT.has(input?.keyword ?? '') ? 'low' : 'medium'

/** How bad it is; what only a malformed request shows is less so. */
export const severityOf = (anomaly: Anomaly): Severity => {
  switch (anomaly.check) {
    case 'exit':
      return 'critical'
    case 'hang':
    case 'delete':
    case 'failed-write':
      return 'high'
    case 'server-error':
      return ofFailure(anomaly)
    case 'accepted':
      return ofAccepted(anomaly)
    case 'response':
      return /^2\d\d (body|media)/.test(anomaly.mark) ? 'medium' : 'low'
    case 'leak':
      return anomaly.mark === 'store' ? 'low' : 'medium'
    case 'method':
      return 'low'
    case 'created':
    case 'location':
    case 'repeat-put':
    case 'pagination':
      return 'medium'
  }
}

/** Many readers go on with their default where a parameter of a read is malformed: nothing is spoilt by it. */
const isTaste = ({ check, mark, input, operation }: Anomaly): boolean =>
  (check === 'accepted' &&
    mark === 'parameters' &&
    input?.keyword !== 'required' &&
    operation.startsWith('GET ')) ||
  (check === 'pagination' && mark === 'size')

export const tierOf = (group: readonly Anomaly[]): 'defect' | 'advice' =>
  group.every(isTaste) ? 'advice' : 'defect'
