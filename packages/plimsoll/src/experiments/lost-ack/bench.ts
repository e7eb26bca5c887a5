import type { KnownRequest, Lab, LabStore, Wire } from '../../lab/lab.ts'
import type { Place } from '../../lab/witness/witness.ts'

/** A kind of write that is known to come to show, and how. */
export type Writer = {
  route: string
  /** the request as it is sent now: headers change when the app forgets its sessions */
  known(): KnownRequest
  /**
   * its own texts stand in rows of these tables (table -> rows), as those of the first one did; or it shows as other
   * experiments see it
   */
  shows:
    | { in: 'tables'; rows: Record<string, number>; first: readonly string[] }
    | { in: 'place'; place: Place }
  /** its texts are seen in the statements that write it */
  carried: boolean
}

/** What every round works with. */
export type Bench = {
  lab: Lab
  store: LabStore & { wire: Wire }
  writers: readonly Writer[]
  signal: AbortSignal
}
