import { stemsOf, wordsOf } from './stem.ts'
import { LEANS, type Lean, TALK } from './words.ts'

export type Heard = { words: string; lean: Lean }

type Phrase = { stems: readonly string[]; lean: Lean }

const phrases: readonly Phrase[] = LEANS.map(([phrase, lean]) => ({ stems: stemsOf(phrase), lean })).sort(
  (a, b) => b.stems.length - a.stems.length,
)

/** first stem -> phrases that begin with it, the longest first */
const byFirst = new Map<string, Phrase[]>()
for (const phrase of phrases) {
  const first = phrase.stems[0] ?? ''
  byFirst.set(first, [...(byFirst.get(first) ?? []), phrase])
}

/** What was heard in a task, in its order. Each word is used once; the same phrase counts once. */
export const hear = (task: string): Heard[] => {
  const words = wordsOf(task)
  const stems = stemsOf(task)
  const heard = new Map<string, Heard>()
  for (let at = 0; at < stems.length; ) {
    const found = byFirst
      .get(stems[at] ?? '')
      ?.find((phrase) => phrase.stems.every((each, offset) => stems[at + offset] === each))
    if (found === undefined) {
      at += 1
      continue
    }
    const length = found.stems.length
    heard.set(found.stems.join(' '), { words: words.slice(at, at + length).join(' '), lean: found.lean })
    at += length
  }
  return [...heard.values(), ...measuresIn(task)]
}

/** A duration, a size or a rate that somebody complains of, or wants: not how long a token lasts. */
const MEASURE =
  /\b\d+(?:[.,]\d+)?\s?(?:ms|s|sec|seconds|kb|kib|mb|mib|gb|fps|rps|req\/s|requests?\/s)\b(?!\s*(?:limit|ttl|expir))/i

const measuresIn = (task: string): Heard[] => {
  const found = MEASURE.exec(task)
  return found === null ? [] : [{ words: found[0], lean: { performance: 3 } }]
}

const talk = TALK.map(stemsOf)

/** Nobody of the trade is asked. */
export const isTalk = (task: string): boolean => {
  const stems = ` ${stemsOf(task).join(' ')} `
  return talk.some((phrase) => stems.includes(` ${phrase.join(' ')} `))
}
