/**
 * How a finding stands to work that began at a known state. `new`: the same experiment did not find it then; `before`,
 * `kept`: it did, elsewhere, or on what was changed. Where nobody looked then, what was changed decides: `touched` is on
 * it, `elsewhere` is not, and of `unknown` only a proof of the earlier files can tell.
 */
export type Origin = 'new' | 'kept' | 'touched' | 'before' | 'elsewhere' | 'unknown'

/** By id of the finding. */
export type Origins = ReadonlyMap<string, Origin>

export const ORIGIN_WORDS: Readonly<Record<Origin, string>> = {
  new: 'new',
  kept: 'there before, on what was changed',
  touched: 'on what was changed',
  before: 'there before',
  elsewhere: 'not on what was changed',
  unknown: 'new or old: not known yet',
}

/** Whether the work has to answer for it. */
export const isHeld = (origin: Origin): boolean =>
  origin === 'new' || origin === 'kept' || origin === 'touched'
