import { z } from 'zod'

/**
 * What a change is about, as far as it decides what has to be proved again. An experiment declares which it answers
 * for; the obligations of a change are those that answer for one of its kinds.
 */
export const CHANGE_KINDS = [
  /** an operation that changes something is new, or what it does changed */
  'write-route',
  /** an operation that only reads is new, or what it does changed */
  'read-route',
  /** statements sent to a store */
  'query',
  /** what the tables are */
  'migration',
  /** who somebody is: login, sessions, tokens, passwords */
  'identity',
  /** who may do what: guards in front of routes */
  'access',
  /** what every request meets: global hooks, error handlers, plugins */
  'every-request',
  /** connections to stores, listening, signals, shutting down */
  'start-up',
  /** environment and settings the app is started with */
  'configuration',
  /** packages it is built on */
  'dependencies',
  /** the document that clients are written against */
  'contract',
] as const

export const ChangeKind = z.enum(CHANGE_KINDS)
export type ChangeKind = z.infer<typeof ChangeKind>
