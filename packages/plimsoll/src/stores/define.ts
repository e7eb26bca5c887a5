import type { Supervisor } from '../instruments/process/process.ts'
import type { Protocol } from '../instruments/wire/protocol.ts'
import type { StatementFacts } from '../model/statement-facts.ts'
import type { EnvRead } from '../model/system.ts'

/** Where the app finds the store: our proxy, or the store itself when there is no wire. */
export type Endpoint = { host: string; port: number; user: string; password: string; database: string }

export type Login = Pick<Endpoint, 'user' | 'password' | 'database'>

/** What answers at an address. */
export type Identity = {
  /** the same for every address of one server, and for no other */
  server: string
  /** what is in the database that we did not make: `holds public.users`; null where it may be thrown away */
  holds: string | null
}

export type Digest = {
  /** table -> rows */
  counts: Record<string, number>
  /** table -> order-independent hash of its rows */
  hashes: Record<string, string>
}

/** One row: column -> its value as text, null for none. */
export type Row = Readonly<Record<string, string | null>>

/** What is different now, against a checkpoint: an updated row is one removed and one added. */
export type Changes = Record<string, { added: Row[]; removed: Row[] }>

/** The contents at one moment, kept beside the database, so that the app can go on against them again and again. */
export type Checkpoint = {
  /**
   * Puts the contents back in place, connections stay open. Resolves false when it could not, because a transaction
   * of the app still holds a lock after 5 s.
   * @param options.skip counters (sequences) go on from that much further, so that what depends on them shows
   */
  restore(options?: { skip?: number }): Promise<boolean>
  /** tables without changes are left out */
  changes(): Promise<Changes>
  close(): Promise<void>
}

/** A session that waits inside the store for a lock of another one. Numbers are the store's own (process ids). */
export type Waiting = { session: number; for: number[] }

/** What one session of this database does at this moment. */
export type SessionActivity = {
  session: number
  /** `held`: in a transaction, and waiting for the app's next statement */
  state: 'idle' | 'active' | 'held'
  /** what an active one waits for; null while it computes */
  waits: 'lock' | 'io' | 'client' | 'other' | null
  /** the statement it runs, or ran last */
  sql: string
  /** in this state since */
  forMs: number
}

/** One table filled up. */
export type Grown = {
  table: string
  before: number
  after: number
  /** why there are fewer than wanted; null when there are not */
  short: string | null
}

/** A table that a statement reads from one end to the other. */
export type WholeRead = {
  table: string
  /** as the store estimates them: rows of the table, and of these the ones that the statement keeps */
  rows: number
  kept: number
  /** the condition in the store's words; null when every row is wanted */
  filter: string | null
  /** columns that must equal one value each, where that is the whole condition */
  equal: string[]
  /** the order in which only the first rows are wanted, as an index would spell it */
  order: string[]
}

/** How the store would run a statement now. */
export type Explained = { /** the store's own words */ plan: string; whole: WholeRead[] }

/** What decides how much a commit promises: a setting, as a session of the app gets it, or a table that is not logged. */
export type Setting = {
  /** `synchronous_commit`, `unlogged table` */
  name: string
  value: string
  /** who says so, in the store's own word: `default`, `database`, `user`, `configuration file`, `schema` */
  source: string
}

/**
 * A server for one lab alone, which may be killed. It starts from the sealed template, and keeps the store's own
 * promises about the disk unless what the app brought along (its migrations) says otherwise.
 */
export type OwnServer = {
  /** a copy of the sealed template */
  database: StoreDatabase
  /** root process; changes when it is started again, absent where it is not ours to see */
  readonly pid?: number
  /** what a commit promises there */
  promises(): Promise<Setting[]>
  /** keeps back, until the server ends, what the store writes on its own in the background */
  lag(): Promise<void>
  /** SIGKILL to every process of the server; resolves when all of them are gone */
  kill(): Promise<void>
  /** starts it again on the same data and port; resolves when it answers, throws what it says when it does not */
  start(): Promise<void>
  /** stops it and removes its data; idempotent */
  stop(): Promise<void>
}

/** A running store that the lab started (or was lent as disposable). */
export type StoreServer = {
  version: string | null
  /** one line for the report: `PostgreSQL 18.4, embedded` */
  how: string
  /** the real address, which only the proxy and our own probes use; null when there is no wire (a file) */
  endpoint: Endpoint | null
  /** root process of the server, for measuring its processor time; absent where it is not ours */
  pid?: number
  /** the empty database that migrations and seed run against, before it becomes the template */
  template(): Promise<StoreDatabase>
  /** freezes the template: later copies start from what is in it now */
  seal(): Promise<void>
  /**
   * a fresh copy of the sealed template, for one experiment; a file store puts the sealed files into the folder where
   * the app will run (`into`, default the staged app itself), so nothing may run there meanwhile
   */
  copy(into?: string): Promise<StoreDatabase>
  /**
   * a copy of the sealed template under a login and a name that were promised before it was there; the login may do
   * what it likes to its database, and nothing to the machine. Absent where the server is not ours.
   */
  lend?(login: Login): Promise<StoreDatabase>
  /** a server that may be killed, started from the sealed template; absent where none can be had */
  fork?(): Promise<OwnServer>
  /** stops and removes everything; idempotent */
  stop(): Promise<void>
}

export type StoreDatabase = {
  /** null for a store that is a file: then `files` says which */
  endpoint: Endpoint | null
  /** file stores: paths relative to the app's folder that are copied for each experiment */
  files: readonly string[]
  query(sql: string, parameters?: readonly unknown[]): Promise<{ rows: Record<string, unknown>[] }>
  /** what is in it now, table by table; null where the store cannot say */
  digest(): Promise<Digest | null>
  /**
   * for each text, in how many rows of which tables it stands now; absent where the store cannot say
   * @param tables look only there; names as in `Digest`
   */
  find?(texts: readonly string[], tables?: readonly string[]): Promise<Record<string, Record<string, number>>>
  /** makes statements wait inside the store, until what it returns is called; absent where the store cannot */
  stall?(): Promise<() => Promise<void>>
  /** what it holds now, to come back to; null when it is too much to keep (over 64 MB), absent where the store cannot */
  checkpoint?(): Promise<Checkpoint | null>
  /** sessions of this database that wait for a lock right now; absent where the store cannot say */
  waiting?(): Promise<Waiting[]>
  /** what the app's sessions do right now, our own left out; absent where the store cannot say */
  activity?(): Promise<SessionActivity[]>
  /**
   * fills every table that holds rows up to that many, with rows like those that are there: keys made anew, references
   * spread over what they may point at, then statistics renewed; absent where the store cannot
   * @param options.tables only these, and what they refer to; names as in `Digest`
   */
  grow?(options: { rows: number; tables?: readonly string[]; signal: AbortSignal }): Promise<Grown[]>
  /**
   * how the store would run this one statement now; never runs it. Null when it will not say, absent where it cannot.
   * @param parameters their values as text
   */
  explain?(sql: string, parameters: readonly (string | null)[]): Promise<Explained | null>
  /**
   * one statement that reads, by somebody who may do nothing else; absent where the store cannot hold it to that
   * @throws E_QUERY_REFUSED with what the store says
   */
  read?(sql: string, options: ReadOptions): Promise<ReadRows>
  drop(): Promise<void>
}

export type ReadOptions = { timeoutMs: number; mostRows: number; signal: AbortSignal }

/** Values as text. `more`: rows that were left out, counted no further than 10,000. */
export type ReadRows = { columns: string[]; rows: (string | null)[][]; more: number }

export type StoreNeed = {
  /** starts the store's process; its scratch folder dies with the run */
  supervisor: Supervisor
  /** user-given URL of a disposable one */
  url: string | null
  /** absolute folder of the staged app */
  appDir: string
  /** durable settings (real fsync), for durability experiments only */
  durable: boolean
  /** whether the app is to see nothing of the user's files, not even through its store */
  sandbox?: boolean
  signal: AbortSignal
}

/** How the lab points the app at the proxy through what the app reads. */
export type Wiring = {
  env: Record<string, string>
  /** names of variables that decided it, for the report */
  by: string[]
  /** why the app may still reach past the proxy; null when it cannot */
  gap: string | null
}

/**
 * A database, cache or broker.
 *
 * **Contract:** `start` returns only a server that holds nothing we did not create, or throws a fault; what it
 * started dies with Plimsoll, `kill -9` included. No member knows another one, or an experiment.
 */
export type Store = {
  id: string
  name: string
  /** client libraries by language: package name -> how it is called in reports */
  clients: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** URL schemes that mean this store: `postgres`, `postgresql` */
  schemes: readonly string[]
  /** null when nothing crosses a wire */
  protocol: Protocol | null
  /** loads the reader of this store's statements; what it gives never throws and remembers texts it has read */
  reader?(): Promise<(sql: string) => StatementFacts>
  /** masks the values of a statement: equal shapes are the same statement; absent where the store has no such texts */
  shape?(sql: string): string
  /** can a server be had here, and how; never starts one */
  probe(): Promise<{ available: boolean; how: string; install: string }>
  start(need: StoreNeed): Promise<StoreServer>
  /** files below a folder that hold its data, with what it keeps beside them; absent for a store that is a server */
  files?(dir: string): Promise<string[]>
  /** what answers there, by reading only; null where it does not let us in, absent where the store cannot say */
  identify?(endpoint: Endpoint): Promise<Identity | null>
  /**
   * environment for the app, from what it reads and the values it would have had; the endpoint is null for a store
   * that is a file
   */
  wire(endpoint: Endpoint | null, env: readonly EnvRead[]): Wiring
}

export const defineStore = (store: Store): Store => store
