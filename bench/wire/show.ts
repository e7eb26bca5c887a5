import { type Load, median, type Sample } from './figures.ts'

type Row = { name: string; samples: readonly Sample[] }

const whole = (value: number) => (Number.isNaN(value) ? '' : value.toFixed(value < 100 ? 1 : 0))

const spread = (values: readonly number[]) =>
  values.length === 0
    ? ''
    : `${whole(median(values))} (${whole(Math.min(...values))}-${whole(Math.max(...values))})`

/** Ratio of the medians. */
const share = (way: Row, direct: Row | undefined) => {
  const of = (one: Row) => median(one.samples.map((sample) => sample.perSecond))
  return direct ? `${((100 * of(way)) / of(direct)).toFixed(0)} %` : ''
}

const added = (way: Row, direct: Row | undefined, figure: 'p50Us' | 'p99Us') => {
  const of = (one: Row) => median(one.samples.map((sample) => sample[figure]))
  return direct ? whole(of(way) - of(direct)) : ''
}

/** Prints rows of cells as a table, the first two columns flush left. */
export const printTable = (rows: readonly (readonly string[])[]) => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row.map((cell, column) =>
      column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
  for (const row of rows) console.log(`| ${line(row).join(' | ')} |`)
}

/** One table: a row for each load and each way, medians with the lowest and the highest of the rounds. */
export const show = (loads: readonly Load[], ways: readonly string[], samples: readonly Sample[]): void => {
  const heads = ['load', 'way', 'a second', 'of direct', 'p50 µs', 'added', 'p99 µs', 'added', 'proxy CPU µs']
  const rows = loads.flatMap((load) => {
    const all = ways.map((name) => ({
      name,
      samples: samples.filter((sample) => sample.load === load && sample.way === name),
    }))
    const direct = all.find((way) => way.name === 'direct')
    const factor = load.megabytes ?? 1
    return all.map((way) => [
      way.name === 'direct' ? `${load.name}, ${load.connections}${load.megabytes ? ', MB' : ''}` : '',
      way.name,
      spread(way.samples.map((sample) => sample.perSecond * factor)),
      way === direct ? '' : share(way, direct),
      spread(way.samples.map((sample) => sample.p50Us)),
      way === direct ? '' : added(way, direct, 'p50Us'),
      spread(way.samples.map((sample) => sample.p99Us)),
      way === direct ? '' : added(way, direct, 'p99Us'),
      whole(median(way.samples.map((sample) => sample.cpuUs))),
    ])
  })
  printTable([heads, heads.map(() => '---'), ...rows])
}
