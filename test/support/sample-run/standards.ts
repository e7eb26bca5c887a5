import { Standard } from '../../../packages/plimsoll/src/model/standard.ts'

const promise = (
  id: string,
  category: Standard['category'],
  title: string,
  threshold: Standard['threshold'],
  why: string,
  honesty?: string,
) => Standard.parse({ id, category, title, threshold, why, source: 'sample', honesty })

const none = (of: string): Standard['threshold'] => ({ comparator: '=', value: 0, unit: 'count', of })

export const standards: Standard[] = [
  promise(
    'reliability.fault-tolerance',
    'reliability',
    'A lost or slow dependency costs bounded errors, never the process',
    none('unanswered requests'),
    'One slow database takes every page down with it.',
  ),
  promise(
    'reliability.recovery',
    'reliability',
    'It serves again within five minutes, by itself',
    { comparator: '<=', value: 300, unit: 's' },
    'Nobody is awake at three in the morning to restart it.',
    'Per incident that was injected; other incidents were not tried.',
  ),
  promise(
    'reliability.shutdown',
    'reliability',
    'A stop completes what was begun',
    none('cut requests'),
    'Every deploy would lose the requests in flight.',
  ),
  promise(
    'integrity.acid',
    'integrity',
    'Every outcome has a serial order that explains it',
    none('anomalies'),
    'Two customers hold the same seat.',
    'Only the pairs of routes that are listed.',
  ),
  promise(
    'integrity.durability',
    'integrity',
    'No acknowledged write is lost',
    none('lost writes'),
    'A customer was told yes, and it is gone.',
    'Says nothing of power loss.',
  ),
  promise(
    'integrity.validation',
    'integrity',
    'Invalid input is refused with 4xx and writes nothing',
    none('accepted invalid inputs'),
    'Wrong rows are found months later.',
  ),
  promise(
    'security.transport-storage',
    'security',
    'Headers, cookies and secrets are kept as a browser and a thief expect',
    none('exposures'),
    'A leaked key is used within minutes.',
  ),
  promise(
    'performance.query',
    'performance',
    'Statements answer within 100 ms',
    {
      comparator: '<',
      value: 0.02,
      unit: 'proportion',
      of: 'statement >= 100 ms',
      limit: 100,
      limitUnit: 'ms',
    },
    'Waiting users leave.',
    'On this machine, with these rows.',
  ),
  promise(
    'performance.queries',
    'performance',
    'The number of statements does not grow with the rows of a list',
    none('growing routes'),
    'The list that is fast today is slow with a year of data.',
  ),
  promise(
    'api.contract',
    'api',
    'Errors have one shape and say nothing of the inside',
    none('deviations'),
    'Every client needs a special case.',
  ),
  promise(
    'operability.health',
    'operability',
    'Readiness tells the truth about the dependencies',
    none('untrue answers'),
    'A load balancer keeps sending users to a broken instance.',
  ),
  promise(
    'quality.repository',
    'quality',
    'A newcomer can build it from what is written',
    none('gaps'),
    'Only one person can release it.',
  ),
]
