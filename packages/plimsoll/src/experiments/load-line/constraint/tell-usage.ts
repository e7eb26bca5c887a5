import { formatCount, formatNumber } from '../../../base/text/numbers.ts'
import { shortenSql } from '../../../model/reading/shorten-sql.ts'
import type { ConstraintEvidence } from './evidence.ts'
import { percent, type Usage } from './usage.ts'

const cores = (value: number) => formatNumber(Number(value.toFixed(2)))

const tellProcessors = (usage: Usage): string[] => {
  const parts: [string, number | null][] = [
    ['the app', usage.appCores],
    ['the database', usage.storeCores],
    ['Plimsoll', usage.ownCores],
  ]
  const told = parts.flatMap(([name, value]) => (value === null ? [] : [`${name} ${cores(value)}`]))
  const loop =
    usage.loop === null ? [] : [`the busiest thread of the app was busy ${percent(usage.loop)} of the time`]
  return [
    ...(told.length === 0 ? [] : [`of ${formatCount(usage.cores, 'processor')}: ${told.join(', ')}`]),
    ...loop,
  ]
}

/** What was seen at that rate, a line each. */
export const tellUsage = ({ pressed }: ConstraintEvidence, usage: Usage): string[] => {
  const { sessions } = pressed
  const open = `${formatCount(Math.round(pressed.open), 'request')} open at once`
  if (sessions === null) return [...tellProcessors(usage), open]
  const { active, held, waitingForLock } = sessions
  const idle = sessions.allBusy < 0.01 ? '' : `; ${percent(sessions.allBusy)} of the time none was idle`
  const mean = (value: number) => formatNumber(Number(value.toFixed(1)))
  return [
    ...tellProcessors(usage),
    open,
    `${formatCount(Math.round(sessions.sessions), 'connection')} to the database: ${mean(active)} in a statement, ${mean(held)} waiting for the app inside a transaction, ${mean(waitingForLock)} waiting for a lock${idle}`,
    ...sessions.statements.map(
      ({ sql, share, lock }) =>
        `${percent(share)} of the statements' time${lock >= 0.05 ? `, ${percent(lock)} of it waiting for a lock` : ''}: ${shortenSql(sql, 90)}`,
    ),
  ]
}
