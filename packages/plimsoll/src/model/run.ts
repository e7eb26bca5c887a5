import { z } from 'zod'
import { LoadWishes } from './config.ts'
import { Outbound } from './outbound.ts'
import { Category, Severity } from './priority.ts'
import { Standard } from './standard.ts'
import { System } from './system.ts'
import { Verdict } from './verdict.ts'

export const RUN_VERSION = 1

/** What one experiment or inspection saw, as saved; `plimsoll judge` starts from here. */
export const ProbeRecord = z.object({
  probe: z.string(),
  kind: z.enum(['experiment', 'inspection']),
  standard: z.string(),
  title: z.string(),
  /** `not-applicable`: there is nothing here to prove; `skipped`: there is, but it could not be run */
  outcome: z.enum(['ran', 'errored', 'not-applicable', 'skipped']),
  /** why it did not run, how it errored, or why a confirmation could not be made */
  reason: z.string().optional(),
  startedAtMs: z.number(),
  durationMs: z.number(),
  /** observations of the first execution, then of the confirmations; each in the probe's own shape */
  executions: z.array(z.object({ seed: z.number().int(), seen: z.unknown() })),
})
export type ProbeRecord = z.infer<typeof ProbeRecord>

export const LabRecord = z.object({
  /** null when nothing was booted (static only) */
  command: z.string().nullable(),
  readyMs: z.number().nullable(),
  stores: z.array(z.object({ id: z.string(), version: z.string().nullable(), how: z.string() })),
  /** environment the lab set, values redacted where secret: name -> value or `(disposable)` */
  env: z.record(z.string(), z.string()),
  steps: z.array(
    z.object({ step: z.string(), command: z.string(), durationMs: z.number(), outcome: z.string() }),
  ),
  /** what the lab could not put under its instruments, and what that leaves unproven */
  limits: z.array(z.string()),
  /** what held the repository's code to the lab's own files; `none`: wanted, and not to be had; absent: not wanted */
  sandbox: z.enum(['bubblewrap', 'unshare', 'none']).optional(),
  /** addresses outside the lab that the app asked for, refused unless declared; empty in Runs before this was kept */
  outbound: z.array(Outbound).default([]),
  /** how each route answered when it was first spoken to */
  reach: z.array(
    z.object({
      route: z.string(),
      status: z.number().int().nullable(),
      statements: z.number().int(),
      how: z.string(),
    }),
  ),
})
export type LabRecord = z.infer<typeof LabRecord>

export const Tally = z.object({
  category: Category,
  proven: z.number().int(),
  refuted: z.number().int(),
  inconclusive: z.number().int(),
  errored: z.number().int(),
  suspicions: z.number().int(),
})
export type Tally = z.infer<typeof Tally>

/** The one file a proof ends in. Every screen, comment and badge is a function of it. */
export const Run = z.object({
  $schema: z.literal('https://plimsoll.dev/schema/run-1.json'),
  version: z.literal(RUN_VERSION),
  id: z.string(),
  /** ISO 8601, UTC */
  startedAt: z.string(),
  durationMs: z.number(),
  plimsoll: z.string(),
  machine: z.object({
    cores: z.number().int(),
    memoryMb: z.number().int(),
    platform: z.string(),
    node: z.string(),
  }),
  seed: z.number().int(),
  budgetSeconds: z.number(),
  failOn: Severity,
  strict: z.boolean(),
  /** complete, or why it ended early */
  end: z.enum(['complete', 'budget', 'interrupted', 'not-ready']),
  /** set when the target never got ready: the error, as printed */
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
  /** the command's words after "plimsoll prove", so that a replay starts from the same place */
  target: z.string(),
  /** name of the service that was booted; absent when none was */
  service: z.string().optional(),
  /** hash of the files that were proved; absent where they changed meanwhile, and in Runs before this was kept */
  tree: z.string().optional(),
  system: System,
  standards: z.array(Standard),
  /** what was wished for of load, in the configuration or the command's words; absent where nothing was */
  load: LoadWishes.optional(),
  /** standard ids whose threshold the user's configuration changed: id -> default value */
  overrides: z.record(z.string(), z.number().nullable()),
  lab: LabRecord,
  probes: z.array(ProbeRecord),
  verdicts: z.array(Verdict),
  tallies: z.array(Tally),
  notCovered: z.array(z.string()),
  exitCode: z.number().int(),
})
export type Run = z.infer<typeof Run>
