/**
 * What the engine tells while it proves, in the order in which it happens. A surface draws it; nothing is decided
 * from it, and a Run never contains it. Durations are milliseconds, costs are seconds.
 */
export type ProgressEvent =
  /** the survey ended; `line` says what was found: `14 routes · Fastify 5 · PostgreSQL through pg` */
  | { kind: 'survey'; line: string; durationMs: number }
  /** one step of the boot began */
  | { kind: 'lab-doing'; step: string; command: string }
  /** one step of the boot ended: install, build, store, migrate, seed, start */
  | { kind: 'lab-step'; step: string; command: string; durationMs: number; outcome: string }
  /** the app answers; `line`: `PostgreSQL 18.4 (embedded) · app ready on :41873` */
  | { kind: 'lab-ready'; line: string; durationMs: number }
  /** what will run, in this order; `seconds` is the expected cost of each */
  | { kind: 'plan'; probes: readonly PlannedProbe[] }
  | { kind: 'probe-started'; id: string; title: string }
  /** a refuted probe is executed again: `done` of `of` executions are finished */
  | { kind: 'probe-confirming'; id: string; done: number; of: number }
  | {
      kind: 'probe-finished'
      id: string
      title: string
      outcome: 'ran' | 'errored' | 'not-applicable' | 'skipped'
      refuted: number
      proven: number
      inconclusive: number
      durationMs: number
    }
  /** one line worth knowing now: a machine that is busy, a limit of the lab */
  | { kind: 'note'; text: string }

export type PlannedProbe = { id: string; title: string; seconds: number }
