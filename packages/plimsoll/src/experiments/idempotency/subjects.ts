export const ASPECTS = {
  again: 'the same key again',
  together: 'the same key at once',
  retry: 'the same key after a lost reply',
  otherBody: 'the same key, another body',
  otherAccount: 'the same key, another account',
  repeated: 'repeated',
} as const
export type Aspect = keyof typeof ASPECTS

/** What a verdict is about: stable between runs, and how a replay is told what to repeat. */
export const subjectOf = (route: string, aspect: Aspect): string => `${route}: ${ASPECTS[aspect]}`

export const DOUBLE_SUBMIT = 'double submit without a key'

/** Whether a part is to be done: everything at first, only what was refuted in a repeat. */
export type Wants = (subject: string) => boolean

export const wantsOf =
  (focus: readonly string[] | undefined): Wants =>
  (subject) =>
    focus === undefined || focus.includes(subject)

const MONEY =
  /pay|charge|orders?\b|checkout|transfer|refund|invoice|booking|reservation|purchase|withdraw|deposit|subscri|donat|payout|gift|ticket|billing|wallet|balance|top-?up/i

/** A second effect costs somebody something, as far as the words of a path or a table say. */
export const soundsLikeMoney = (text: string): boolean => MONEY.test(text)
