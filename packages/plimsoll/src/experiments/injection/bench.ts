import type { Random } from '../../base/random/random.ts'
import type { Canary, KnownRequest, RequestOptions } from '../../lab/lab.ts'
import type { Service } from '../../model/system.ts'
import type { Sighting } from './family.ts'
import type { Point } from './points.ts'

export type Loss = { operation: string; input: string; sent: string; why: 'exited' | 'timeout' | 'limited' }

/** What usually stands in the place: as text, and as it is. */
export type Own = { text: string; value: unknown }

export type Shot = {
  role: string
  /** what to put there; `mark` is this request's own word */
  make(own: string, mark: string, value: unknown): unknown
  products?: readonly string[]
  headers?: Readonly<Record<string, string>>
  /** a new one where it is not given */
  mark?: string
}

/** Two numbers, and their product as text, which nobody else comes upon. */
export type Factors = { a: number; b: number; product: string }

/** What a family sends its requests through. */
export type Bench = {
  canary: Canary | null
  random: Random
  known: readonly KnownRequest[]
  service: Service
  factors(): Factors
  newMark(): string
  /** the request of this place with one value changed */
  shoot(point: Point, shot: Shot): Promise<Sighting>
  /** any other request, looked at for the same mark */
  look(
    request: RequestOptions,
    like: Pick<Sighting, 'role' | 'sent' | 'mark' | 'products'>,
  ): Promise<Sighting>
  ownOf(point: Point): Own
  /** the app, started again and ready; everything that it kept in memory is gone */
  restart(): Promise<void>
}
