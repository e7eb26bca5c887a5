import { formatCount } from '../../base/text/numbers.ts'
import { describeRows } from '../../base/text/rows.ts'
import type { Evidence, Exchange } from '../../model/evidence.ts'
import type { Severity } from '../../model/priority.ts'
import type { Effect, Keyed } from './seen.ts'
import { soundsLikeMoney } from './subjects.ts'

const rowsOf = (effect: Effect): string => `${effect.table}: ${describeRows(effect)}`

/** `payments: 1 row added, wallets: 1 row changed` */
export const describeEffects = (effects: readonly Effect[]): string =>
  effects.length === 0 ? 'nothing changed' : effects.map(rowsOf).join(', ')

/** `payments: 2 rows added, 1 expected`, for the tables that differ; the contents where no count does. */
export const describeSurplus = (got: readonly Effect[], expected: readonly Effect[]): string => {
  const surplus = got.flatMap((effect) => {
    const due = expected.find(({ table }) => table === effect.table)?.added ?? 0
    return effect.added > due ? [`${effect.table}: ${formatCount(effect.added, 'row')}, ${due} expected`] : []
  })
  return surplus.length > 0 ? surplus.join(', ') : describeEffects(got)
}

export const statusOf = ({ status, error }: Pick<Exchange, 'status' | 'error'>): string =>
  status === null ? (error ?? 'no answer') : String(status)

/** `header Idempotency-Key (server.js:41)` */
export const describeKey = ({ key }: Pick<Keyed, 'key'>): string =>
  `${key.in === 'header' ? 'header' : 'field'} ${key.name} (${key.from})`

export const severityOf = (route: string, effects: readonly Effect[]): Severity =>
  soundsLikeMoney(route) || effects.some(({ table }) => soundsLikeMoney(table)) ? 'critical' : 'high'

/** Columns of chance are masked, and say nothing. */
const rowText = (row: Effect['rows'][number]) =>
  Object.entries(row)
    .filter(([, value]) => value !== '*')
    .map(([column, value]) => `${column}=${value ?? 'null'}`)
    .join('  ')

export const rowsEvidence = (title: string, effects: readonly Effect[]): Evidence[] =>
  effects.length === 0
    ? []
    : [
        {
          kind: 'text',
          title,
          text: effects
            .map((effect) => [rowsOf(effect), ...effect.rows.map((row) => `  ${rowText(row)}`)].join('\n'))
            .join('\n'),
        },
      ]

export const exchangeEvidence = (title: string, exchange: Exchange | undefined): Evidence[] =>
  exchange === undefined ? [] : [{ kind: 'exchange', title, exchange }]

export const originEvidence = ({ origin }: Pick<Keyed, 'origin'>): Evidence[] =>
  origin === null ? [] : [{ kind: 'source', title: 'Where the effect is made', ...origin }]
