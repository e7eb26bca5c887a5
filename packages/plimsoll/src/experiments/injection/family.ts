import { z } from 'zod'
import { Exchange, StatementRecord } from '../../model/evidence.ts'
import type { Severity } from '../../model/priority.ts'
import type { App } from './app.ts'
import type { Bench } from './bench.ts'
import type { Point } from './points.ts'

/** One request with something of ours in it, and everything that was seen of it. */
export const Sighting = z.object({
  /** what it is for: `control`, `attack`, … */
  role: z.string(),
  /** the value that was put in the place */
  sent: z.string(),
  /** a word that is in this request and nowhere else */
  mark: z.string(),
  /** products that `sent` asks for, where it asks for some */
  products: z.array(z.string()).default([]),
  exchange: Exchange,
  /** statements whose text holds the mark */
  statements: z.array(StatementRecord),
  /** files with the mark in their name that are in the canary's folder */
  files: z.array(z.string()),
  /** what the canary was asked with the mark in its path */
  hits: z.array(z.object({ method: z.string(), path: z.string() })),
  /** texts of the canary that the answer holds */
  shown: z.array(z.enum(['file', 'listener'])),
})
export type Sighting = z.infer<typeof Sighting>

/** Why what was seen has no innocent explanation. */
export type Proof = {
  severity: Severity
  tier?: 'defect' | 'suspicion'
  /** one line: the facts */
  says: string
  /** the sightings that show it, the telling one first */
  show: readonly Sighting[]
  /** the weakness, where it is not the family's own */
  cwe?: number
}

/**
 * One way to make text into something else than text.
 *
 * **Contract:** `attempt` sends as few requests as tell, the telling ones only where the first one promises something;
 * it never throws about the app. `weigh` is pure: it says a proof or null from the sightings alone.
 */
export type Family = {
  id: string
  /** `SQL injection` */
  title: string
  /** number in the Common Weakness Enumeration */
  cwe: number
  /** what goes wrong, without the operation: `runs SQL that the caller writes` */
  harm: string
  repairs: readonly string[]
  /** it replaces the body as one, not a value in it */
  whole?: true
  /** what it sends may show in a page of the app later on */
  stored?: true
  /** true where trying makes sense */
  suits(point: Point, app: App): boolean
  attempt(point: Point, bench: Bench): Promise<Sighting[]>
  weigh(sightings: readonly Sighting[]): Proof | null
}
