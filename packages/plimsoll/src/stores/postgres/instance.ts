import type { Endpoint, StoreNeed } from '../define.ts'

/** A PostgreSQL that answers. `endpoint` names a database to give orders in, never one for the app. */
export type Instance = {
  version: string
  /** for the report: `embedded`, `found on this machine`, `docker`, `given` */
  label: string
  endpoint: Endpoint
  stop(): Promise<void>
}

/** What a place that may offer PostgreSQL says of itself. */
type Offer =
  | { found: true; label: string; version: string | null; start(need: StoreNeed): Promise<Instance> }
  | { found: false; reason: string }

/** A way to get a server. **Contract:** `look` starts nothing and does not throw. */
export type Source = { id: string; look(): Promise<Offer> }

/** The two programs that make and serve a cluster. */
export type Binaries = { initdb: string; postgres: string; version: string; label: string }
