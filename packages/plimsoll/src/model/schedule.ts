import { z } from 'zod'

export const Actor = z.enum(['A', 'B'])
export type Actor = z.infer<typeof Actor>

/** A place in one request's statements, counted in that request alone: just before its nth statement of a kind. */
export const Point = z.object({
  before: z.enum(['statement', 'read', 'write', 'commit']),
  /** from 1 */
  nth: z.number().int().positive(),
  /** only statements of this shape count */
  shape: z.string().optional(),
})
export type Point = z.infer<typeof Point>

/** One request runs alone, until it stands at the point, or has its answer. */
export const Turn = z.object({ actor: Actor, until: z.union([Point, z.literal('end')]) })
export type Turn = z.infer<typeof Turn>

/**
 * In which order two requests take turns at the store: "hold the first write of A until B has its answer" is
 * `[A until write 1, B until end, A until end]`. Plain data: the same schedule gives the same interleaving.
 */
export const Schedule = z.object({ turns: z.array(Turn).min(1) })
export type Schedule = z.infer<typeof Schedule>

/** What happened, in order; `atMs` since the first request was sent. */
export const PlayedStep = z.object({
  atMs: z.number(),
  actor: Actor,
  what: z.enum(['sent', 'statement', 'held', 'released', 'blocked', 'answered']),
  /** the statement's text, cut to 200 characters, or `POST /orders` / `201` for sent and answered */
  text: z.string(),
  kind: z
    .enum(['read', 'write', 'begin', 'commit', 'rollback', 'savepoint', 'setting', 'schema', 'other'])
    .optional(),
  connection: z.number().int().optional(),
  rows: z.number().int().nullable().optional(),
  sqlstate: z.string().optional(),
})
export type PlayedStep = z.infer<typeof PlayedStep>

export const Played = z.object({
  schedule: Schedule,
  steps: z.array(PlayedStep),
  /**
   * `played`: every turn went as ordered. `guarded`: a request waited inside the store for the other one, so the
   * order could not be had: a lock guards it. `unschedulable`: it could not be ordered, for the reason given.
   */
  outcome: z.enum(['played', 'guarded', 'unschedulable']),
  reason: z.string(),
})
export type Played = z.infer<typeof Played>
