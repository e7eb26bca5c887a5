import { z } from 'zod'
import { Exchange, SourcePlace, StatementRecord } from '../../model/evidence.ts'

/** What one principal got: of A's texts, the fields that its answer held, and what A's object lost by it. */
export const Cell = z.object({
  /** `anonymous`, `A`, `B`, `admin` */
  principal: z.string(),
  status: z.number().int().nullable(),
  /** `note.title`: where A planted the texts that were shown; `note` where the whole answer is A's own */
  shows: z.array(z.string()),
  /** what A's object is different by afterwards: `gone`, `title`; empty where it is the same, or was only read */
  harm: z.array(z.string()),
  /** the app limits the rate of requests: the answer says nothing */
  limited: z.boolean(),
  /** it was answered with a list that has nothing in it */
  empty: z.boolean().optional(),
})
export type Cell = z.infer<typeof Cell>

/** The three requests: A creates, somebody else acts, the last one shows what came of it. */
export const Proof = z.object({
  principal: z.string(),
  made: Exchange.nullable(),
  acted: Exchange,
  /** null where the answer itself is the proof */
  shown: Exchange.nullable(),
  statements: z.array(StatementRecord),
  origin: z.object({ place: SourcePlace, excerpt: z.string() }).nullable(),
})
export type Proof = z.infer<typeof Proof>

/** One operation on one of A's objects, by everybody. */
export const Trial = z.object({
  /** `GET /notes/:id` */
  operation: z.string(),
  method: z.string(),
  path: z.string(),
  /** where the operation is registered or handled */
  place: SourcePlace.nullable(),
  /** `note`: what kind of object it is given; null for a collection, which is given none */
  kin: z.string().nullable(),
  effect: z.enum(['read', 'write']),
  /** `A's`, `A's under B's parent`, `none` */
  object: z.string(),
  /** what names the object: `path`, `query userId`, `body noteId`; empty for a collection */
  named: z.string(),
  /** how hard it is to come by the name of the object */
  id: z.enum(['guessable', 'unguessable']),
  /** the principal whose object it is; its own access, without which nothing can be said */
  own: Cell,
  others: z.array(Cell),
  /** B, with its own object: of B's texts, those that it was shown; null where that was not tried */
  theirs: Cell.nullable(),
  /** B, with the name of an object that does not exist; null where that was not tried */
  missing: Cell.nullable(),
  proofs: z.array(Proof),
  /** the contract says that the operation needs credentials */
  declared: z.boolean(),
  /** the configuration says that it is open by design */
  open: z.boolean(),
})
export type Trial = z.infer<typeof Trial>

/** What one kind of object is known by. */
export const Kind = z.object({
  kin: z.string(),
  /** `POST /notes` */
  maker: z.string(),
  /** path that objects are created at: a list there is the list of them */
  path: z.string(),
  /** a field that holds whom the object belongs to, found by its name and by differing between accounts */
  owner: z.object({ field: z.string(), strength: z.enum(['strong', 'weak']) }).nullable(),
  /** it is an account of the app itself */
  account: z.boolean(),
})
export type Kind = z.infer<typeof Kind>

export const Seen = z.object({
  /** why nothing could be tried; empty when something was */
  reason: z.string(),
  /** those that act, in the order of the matrix's columns, and their roles; null for nobody's */
  principals: z.array(z.object({ name: z.string(), role: z.string().nullable() })),
  /** B is said to have rights that not everybody has */
  privileged: z.boolean(),
  kinds: z.array(Kind),
  trials: z.array(Trial),
  /** operations that could not be tried, and why */
  skipped: z.array(z.object({ operation: z.string(), why: z.string() })),
  requests: z.number().int(),
})
export type Seen = z.infer<typeof Seen>
