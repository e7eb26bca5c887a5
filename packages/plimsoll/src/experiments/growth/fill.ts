import { formatCount, formatNumber } from '../../base/text/numbers.ts'
import type { Lab } from '../../lab/lab.ts'

export const LARGEST = 100_000
/** For filling, all sizes together. */
const FILL_MS = 15_000
/** Shorter fillings say nothing of how long the next one takes. */
const TELLING_MS = 100

/** A hundredth, a tenth, and all of it. */
export const sizesUpTo = (largest: number): number[] =>
  [...new Set([100, 10, 1].map((part) => Math.ceil(largest / part)))].filter((size) => size >= 10)

export type Filling = {
  /** fills up to that many rows, or as many as there is time for; null when that is no more than there are */
  fillTo(rows: number, signal: AbortSignal): Promise<{ rows: number; tookMs: number } | null>
  /** rows of each table now */
  tables: Map<string, number>
  /** where there are fewer than wanted, and why */
  limits(): string[]
}

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)

/** The most rows a table that can be had in that time, from how long the last ones took. */
export const affordable = (
  wanted: number,
  tables: readonly number[],
  pace: { rows: number; ms: number } | null,
  leftMs: number,
): number => {
  const missing = sum(tables.map((rows) => Math.max(0, wanted - rows)))
  if (pace === null || pace.ms < TELLING_MS || pace.rows === 0) return wanted
  const part = leftMs / ((missing * pace.ms) / pace.rows)
  if (part >= 1) return wanted
  const least = Math.min(...tables)
  return Math.floor(least + (wanted - least) * part)
}

/** @param only tables to fill, with what they refer to; default all */
export const openFilling = (
  lab: Pick<Lab, 'nowMs'>,
  grow: NonNullable<Grow>,
  only?: readonly string[],
): Filling => {
  const tables = new Map<string, number>()
  const reasons = new Map<string, string>()
  let pace: { rows: number; ms: number } | null = null
  let usedMs = 0
  let cut: string | null = null
  return {
    tables,
    limits: () => [...reasons.values(), ...(cut === null ? [] : [cut])],
    async fillTo(wanted, signal) {
      const growing = [...tables.values()].filter((rows) => rows < wanted)
      const rows = affordable(wanted, growing, pace, FILL_MS - usedMs)
      if (rows < wanted) {
        cut = `tables of ${formatNumber(wanted)} rows: there was time to fill them up to ${formatNumber(rows)}`
      }
      if (growing.length > 0 && rows < 2 * Math.min(...growing)) return null
      const fromMs = lab.nowMs()
      const grown = await grow({ rows, signal, ...(only !== undefined && { tables: only }) })
      const tookMs = lab.nowMs() - fromMs
      usedMs += tookMs
      pace = { rows: sum(grown.map(({ before, after }) => after - before)), ms: tookMs }
      reasons.clear()
      for (const { table, after, short } of grown) {
        tables.set(table, after)
        if (short !== null) reasons.set(table, `${table} beyond ${formatCount(after, 'row')}: ${short}`)
      }
      return { rows, tookMs }
    },
  }
}

type Grow = Lab['stores'][number]['database']['grow']
