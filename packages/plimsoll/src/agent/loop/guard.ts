import { createHash } from 'node:crypto'

export type Guarded = { tool: string; input: unknown }

/**
 * Keeps a model from doing the same again and again. `epoch` is what the workspace is like: the same test after a
 * change is another call, the same change back and forth is not.
 */
export type Guard = {
  /** before a call: run it, answer with a warning in its place, or end the session */
  before(
    call: Guarded,
    epoch: string,
  ): { kind: 'run' } | { kind: 'warn'; text: string } | { kind: 'stuck'; text: string }
  after(call: Guarded, epoch: string, answer: string, changes: boolean): void
}

const WINDOW = 60
/** With the same answer, the third of them is not run. */
const SAME_ANSWER = 2
/** Whatever it answers: a value that is polled, an output with a time in it. */
const ANY_ANSWER = 8
const MOST_WARNINGS = 12

const hash = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22)

/** Figures that change by themselves from one run to the next: durations, times, addresses in memory. */
const steady = (text: string): string =>
  text
    .replaceAll(/\d+(?:\.\d+)?\s?(?:ms|µs|s|sec|seconds|minutes)\b/g, '#')
    .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.Z+]*|\d\d:\d\d:\d\d/g, '#')
    .replaceAll(/0x[\da-f]{4,}/gi, '#')

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

const nameOf = ({ tool, input }: Guarded) => hash(`${tool} ${JSON.stringify(sorted(input))}`)

const WARNING = {
  same: (tool: string, times: number) =>
    `Not run: this very call of ${tool} was made ${times} times and answered the same each time. Doing it again tells nothing new. Change something first, look elsewhere, or say what is in the way. Once more ends the session.`,
  often: (tool: string, times: number) =>
    `Not run: this very call of ${tool} was made ${times} times while nothing was changed. Do something else now; once more ends the session.`,
}

/** State of one session; nothing of it outlives the session. */
export const openGuard = (): Guard => {
  const seen: { name: string; answer: string; epoch: string; changes: boolean }[] = []
  const warned = new Map<string, number>()
  let warnings = 0
  return {
    before: (call, epoch) => {
      const name = nameOf(call)
      const earlier = seen.filter((one) => one.name === name && (one.changes || one.epoch === epoch))
      const last = earlier.at(-1)
      const same = earlier.filter((one) => one.answer === last?.answer).length
      if (same < SAME_ANSWER && earlier.length < ANY_ANSWER) return { kind: 'run' }
      const key = `${name} ${last?.changes === true ? '' : epoch}`
      const times = (warned.get(key) ?? 0) + 1
      warned.set(key, times)
      warnings += 1
      if (times > 1 || warnings > MOST_WARNINGS)
        return {
          kind: 'stuck',
          text: `${call.tool} was called the same way again after it was said that it leads nowhere`,
        }
      const text =
        same >= SAME_ANSWER ? WARNING.same(call.tool, same) : WARNING.often(call.tool, earlier.length)
      return { kind: 'warn', text }
    },
    after: (call, epoch, answer, changes) => {
      // What a change came to is the workspace that it left: there and back is found by that.
      const result = changes ? `${epoch} ${steady(answer)}` : steady(answer)
      seen.push({ name: nameOf(call), answer: hash(result), epoch, changes })
      if (seen.length > WINDOW) seen.shift()
    },
  }
}
