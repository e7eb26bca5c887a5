import type { Endpoint, StoreNeed } from '../define.ts'

/** A PostgreSQL that answers. `endpoint` names a database to give orders in, never one for the app. */
export type Instance = {
  version: string
  /** for the report: `embedded`, `found on this machine`, `docker`, `given` */
  label: string
  endpoint: Endpoint
  /** root process; absent where it is not ours, or runs out of sight */
  pid?: number
  /** the same cluster as it is now, served apart with durable settings; absent where its files are not ours */
  fork?(): Promise<OwnInstance>
  stop(): Promise<void>
}

/** A server that one lab has for itself and may kill. */
export type OwnInstance = {
  endpoint: Endpoint
  /** root process; changes with `start` */
  readonly pid: number
  /** stops its background writer of the log for good: a commit that does not wait for the disk stays in memory */
  lag(): Promise<void>
  /** SIGKILL to every process of it; resolves when all are gone */
  kill(): Promise<void>
  /** on the same data and port; throws E_STORE_UNAVAILABLE with what the server said */
  start(): Promise<void>
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
