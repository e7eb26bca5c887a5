import type { Random } from '../base/random/random.ts'
import type { Api } from '../contract/api.ts'
import type { Gauge } from '../instruments/gauge/gauge.ts'
import type { Http, RequestOptions } from '../instruments/http/http.ts'
import type { LoadGenerator } from '../instruments/load/load.ts'
import type { Exit, LogLine } from '../instruments/process/process.ts'
import type { Wire } from '../instruments/wire/wire.ts'
import type { LoadWishes } from '../model/config.ts'
import type { Exchange, SourcePlace } from '../model/evidence.ts'
import type { StatementFacts } from '../model/statement-facts.ts'
import type { Route, Service } from '../model/system.ts'
import type { Digest, OwnServer, StoreDatabase } from '../stores/define.ts'
import type { IdempotencyKey } from './idempotency/key.ts'
import type { SlowPatterns } from './patterns/slow-patterns.ts'

export type { Exit, Http, IdempotencyKey, LogLine, RequestOptions, Wire }

/** The app under proof. */
export type Target = {
  /** process id of the group leader; changes with restart */
  readonly pid: number
  /** null while it runs */
  exit(): Exit | null
  exited(timeoutMs: number): Promise<Exit | null>
  /** to the process that serves (and its group where the start command wraps it) */
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void
  /** starts it again with the same command, environment and port; resolves when the port is bound or it exited */
  restart(): Promise<void>
  /** resolves true when the readiness request answers; milliseconds it took in `tookMs` */
  ready(timeoutMs: number): Promise<{ ready: boolean; tookMs: number }>
  logs(sinceMs?: number): LogLine[]
}

/** One store as an experiment sees it. */
export type LabStore = {
  id: string
  /** null when nothing crosses a wire (a file): then faults cannot be injected */
  wire: Wire | null
  database: StoreDatabase
  digest(): Promise<Digest | null>
  /** reads a statement with the store's own grammar; null where the store has no reader */
  facts: ((sql: string) => StatementFacts) | null
  /** masks the values of a statement; absent where the store does not say */
  shape?(sql: string): string
  /** the server, where it is this lab's own and may be killed; absent where others use it too */
  server?: Pick<OwnServer, 'promises' | 'lag' | 'kill' | 'start'>
}

/** An account of the app's own, made through its API. */
export type Account = {
  /** what a request carries to be this account's */
  headers: Record<string, string>
}

/** Somebody whom the app knows, or does not. */
export type Principal = Account & {
  /** `A`, `B`, `admin`, or the name that the configuration gives */
  name: string
  /** those of one role have equal rights */
  role: string
  /** how it came to be: `registered through POST /users`, `declared` */
  how: string
}

/** How accounts get in, as it was found out; what could not be inferred is null. */
export type Entry = {
  /** how a session travels: `authorization: Bearer …`, a cookie, another header, basic credentials */
  carrier: 'bearer' | 'cookie' | 'header' | 'basic'
  /** registers an account; its placeholders (`{{word}}`) make each sending another one */
  register: { route: Route; request: RequestOptions } | null
  /** logs the first account in */
  login: { route: Route; request: RequestOptions } | null
  logout: Route | null
  /** the secret that signs its tokens, where it is known */
  signing?: SigningKey
}

/** A secret whose signature on a session's token is right. */
export type SigningKey = {
  secret: string
  /** given by the lab's environment; the fallback of a variable that nothing gives; written in the source as it is */
  from: 'environment' | 'fallback' | 'source'
  /** the variable, or the place: `JWT_SECRET`, `src/auth.js:12` */
  where: string
}

/** An account made for one trial, with what it takes to log in again. */
export type NewAccount = Account & {
  /** the registration as it was sent, and the login; null where registering is what lets it in */
  registered: RequestOptions
  login: RequestOptions | null
  /** name -> value of what it was registered with */
  fields: Record<string, unknown>
  /** what the registration answered */
  answer?: Exchange
}

/** What waits outside to be found by a request that should not reach it. */
export type Canary = {
  /** `http://127.0.0.1:41873`: an HTTP server of ours that answers everything and writes down what it is asked */
  origin: string
  hits(): { method: string; path: string; headers: Record<string, string>; atMs: number }[]
  /** the text that it answers with */
  text: string
  /** a file that the app may read and has no business with: absolute path, and the text that is in it */
  file: { path: string; text: string }
  /** an empty folder that the app may write to and has no business with: absolute path */
  folder: string
  /** names of the files that are in the folder now */
  appeared(): Promise<string[]>
}

/** A request that is known to have worked, made for a route. */
export type KnownRequest = {
  route: Route
  /** may hold `{{word}}` and the like: `freshen` fills them so that two sends never collide */
  request: RequestOptions
  /** status it answered when it was tried in a clean lab */
  status: number
  /** statements it caused, by store id */
  statements: Record<string, number>
  /** statements that wrote, by store id */
  writes: Record<string, number>
  how: 'declared' | 'inferred' | 'learned'
  /** where the operation takes a key of the client's; absent where nothing says that it takes one */
  idempotencyKey?: IdempotencyKey
}

/**
 * The disposable place: the app freshly booted on a fresh copy of the seeded database, every byte between them
 * passing our instruments. An experiment gets one for itself and may do anything to it.
 */
export type Lab = {
  service: Service
  target: Target
  http: Http
  stores: readonly LabStore[]
  /** the first store with a wire, the usual subject of faults; null when there is none */
  store: (LabStore & { wire: Wire }) | null
  /** requests found to work, by the exploration that precedes all experiments; the engine refreshes sessions */
  known: readonly KnownRequest[]
  /**
   * restarts the app so that it reaches its stores past the wire, for the rest of the lab's life: where load is measured
   * the wire would count, too. Sessions are renewed.
   */
  direct?(): Promise<void>
  /** what the configuration says of load; the access log as an absolute path */
  wishes: LoadWishes
  /** threads that send load; opened on first use, closed with the lab */
  load(): LoadGenerator
  /** what uses the machine: the app, the stores, ourselves, others */
  gauge: Gauge
  /** after a restart of the app: logs in anew where sessions ended with it, which gives `known` new headers */
  renew?(): Promise<void>
  /** accounts with equal rights, the one that `known` speaks as first; empty where none could be made */
  accounts: readonly Account[]
  /** everybody else who can be spoken as: declared accounts, an administrator that could be had; absent where nobody */
  others?: readonly Principal[]
  /** absent where nobody can log in */
  entry?: Entry
  /** registers one more account with equal rights and logs it in; null where that does not work */
  newAccount?(): Promise<NewAccount | null>
  /** operations that the configuration calls public: `GET /articles/:id` */
  open?: readonly string[]
  /** what the API says of itself: its own document, or the one that was made from the survey */
  api?: Api
  /** opened on first use, closed with the lab */
  canary?(): Promise<Canary>
  /** health routes: declared, or found among the routes */
  health: { ready: string | null; live: string | null }
  /** where in the source a statement of this route is written; null when that cannot be said */
  origin(sql: string, route: Route): { place: SourcePlace; excerpt: string } | null
  /**
   * regular expressions of the source that some text keeps busy, and that text; looked for at the first question
   * @param written patterns of documents, looked at as well
   */
  slowPatterns?(written: readonly string[], signal: AbortSignal): Promise<SlowPatterns>
  random: Random
  /** milliseconds since this lab opened, monotonic */
  nowMs(): number
  sleep(ms: number): Promise<void>
  /** stops everything; idempotent; the engine calls it */
  close(): Promise<void>
}
