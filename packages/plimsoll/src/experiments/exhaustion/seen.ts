import { z } from 'zod'
import { Exchange, SourcePlace } from '../../model/evidence.ts'

/** What one request cost. */
export const Cost = z.object({
  tookMs: z.number(),
  /** processor time of the app meanwhile; null where the system does not tell */
  cpuMs: z.number().nullable(),
  /** the longest that a small request waited meanwhile; 0 where none fitted in */
  waitedMs: z.number(),
  memoryBeforeMb: z.number().nullable(),
  memoryPeakMb: z.number().nullable(),
  /** the process was gone afterwards */
  exited: z.boolean(),
})
export type Cost = z.infer<typeof Cost>

/** The same request with a short text for the pattern, a longer one, and a harmless one as long as the longer. */
export const Round = z.object({
  short: Cost.extend({ length: z.number().int() }),
  long: Cost.extend({ length: z.number().int() }),
  harmless: Cost.extend({ length: z.number().int() }),
})
export type Round = z.infer<typeof Round>

export const PatternSeen = z.object({
  pattern: z.string(),
  flags: z.string(),
  complexity: z.enum(['exponential', 'polynomial']).nullable(),
  place: SourcePlace.nullable(),
  excerpt: z.string(),
  /** inputs at which it was tried */
  tried: z.number().int(),
  /** inputs where such a text got no answer at all, so that nothing could be measured: `PUT /me email of the body` */
  endless: z.array(z.string()).default([]),
  reached: z
    .object({
      /** `POST /signup` */
      operation: z.string(),
      /** `email of the body` */
      input: z.string(),
      rounds: z.array(Round),
      exchange: Exchange,
    })
    .nullable(),
})
export type PatternSeen = z.infer<typeof PatternSeen>

/** One operation that was sent much, in one of the ways in which a little can become much. */
export const BodySeen = z.object({
  operation: z.string(),
  way: z.enum(['compressed', 'large']),
  /** what went over the wire, and what it is once it is unpacked */
  sentBytes: z.number().int(),
  unpackedBytes: z.number().int(),
  /** a small body sent in the same way: whether that is taken at all */
  small: Exchange,
  /** null where a small one, or a middling one, was refused */
  big: Exchange.nullable(),
  cost: Cost.nullable(),
  /** a body that is as long on the wire, and stays so */
  control: Cost.nullable(),
})
export type BodySeen = z.infer<typeof BodySeen>

/** A file that a browser would run as a page of the service, and what was served when it was asked for. */
export const UploadSeen = z.object({
  operation: z.string(),
  /** how the file was named and typed: `page.html as text/html` */
  file: z.string(),
  upload: Exchange,
  /** null where it was refused, or where no answer led to it */
  served: Exchange.nullable(),
  /** the route's handler */
  place: SourcePlace,
  /** the answer holds the script as it was sent */
  whole: z.boolean(),
})
export type UploadSeen = z.infer<typeof UploadSeen>

export const Seen = z.object({
  patternsRead: z.number().int(),
  /** patterns of which it was not found out in time whether they can be slow */
  patternsOpen: z.number().int(),
  patterns: z.array(PatternSeen),
  bodies: z.array(BodySeen),
  uploads: z.array(UploadSeen),
  /** operations that take files, as far as is known */
  uploadRoutes: z.number().int(),
})
export type Seen = z.infer<typeof Seen>
