import { type Judgement, proven } from '../../model/verdict.ts'
import type { Check, Seen } from './seen.ts'
import { WORDS } from './words.ts'

type Whole = { checks: readonly Check[]; subject: string; title: string; of: string }

const WHOLES: readonly Whole[] = [
  {
    checks: ['server-error', 'exit', 'hang'],
    subject: 'server errors',
    title: 'No input makes it fail',
    of: 'answers',
  },
  { checks: ['response'], subject: 'responses', title: 'Answers are as documented', of: 'answers' },
  {
    checks: ['accepted'],
    subject: 'invalid input',
    title: 'Invalid input is refused',
    of: 'invalid requests',
  },
  {
    checks: ['failed-write'],
    subject: 'refused writes',
    title: 'What is refused changes nothing',
    of: 'refused writes',
  },
  { checks: ['delete'], subject: 'deletes', title: 'DELETE deletes', of: 'looks after a DELETE' },
  {
    checks: ['repeat-put'],
    subject: 'repeated PUT',
    title: 'PUT sent twice is as PUT sent once',
    of: 'pairs',
  },
  {
    checks: ['location'],
    subject: 'Location',
    title: 'Location leads to what was created',
    of: 'created things',
  },
  { checks: ['pagination'], subject: 'pages', title: 'Pages add up to the list', of: 'lists' },
  {
    checks: ['leak'],
    subject: 'error answers: content',
    title: 'Error answers show nothing of the inside',
    of: 'error answers',
  },
  {
    checks: ['method'],
    subject: 'methods',
    title: 'Methods that a path does not have are refused',
    of: 'paths',
  },
]

/** What was looked at everywhere and found to be right. */
export const judgeWhole = (seen: Seen): Judgement[] =>
  WHOLES.flatMap(({ checks, subject, title, of }) => {
    const [first] = checks
    const broken = seen.anomalies.some(({ check }) => checks.includes(check))
    const on = seen.operations.filter(({ looked }) => first !== undefined && (looked[first] ?? 0) > 0)
    const times = on.reduce((sum, { looked }) => sum + (first === undefined ? 0 : (looked[first] ?? 0)), 0)
    if (broken || times === 0 || first === undefined) return []
    const { standard } = WORDS[first]
    return [
      proven({
        subject,
        title,
        detail: `${times.toLocaleString('en')} ${of} on ${on.length} ${on.length === 1 ? 'operation' : 'operations'}`,
        ...(standard !== undefined && { standard }),
      }),
    ]
  })
