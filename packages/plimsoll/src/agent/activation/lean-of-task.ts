import { type Clause, readSentence, type Sentence } from './clauses.ts'
import { VERB_FORMS, VERBS } from './heads.ts'
import { INTENTS } from './intents.ts'
import { measuresIn } from './measures-in.ts'
import { isNameOf, NAMEABLE } from './names.ts'
import { stem, stemsOf } from './stem.ts'
import { EVERYDAY, TALK } from './words/everyday.ts'
import type { Lean } from './words/lean.ts'
import { LEANS } from './words.ts'

/** `isSoft`: it yields where the thing that it is said of is another's trade. */
export type Heard = { what: string; lean: Lean; share: number; isSoft?: boolean }

type Phrase = { stems: readonly string[]; lean: Lean }

/** first stem -> phrases that begin with it, the longest first */
const byFirst = new Map<string, Phrase[]>()
{
  const joined = new Map<string, Phrase>()
  for (const [words, to] of LEANS) {
    const stems = stemsOf(words)
    const key = stems.join(' ')
    if (!joined.has(key)) joined.set(key, { stems, lean: to })
  }
  for (const phrase of [...joined.values()].sort((a, b) => b.stems.length - a.stems.length)) {
    const first = phrase.stems[0] ?? ''
    byFirst.set(first, [...(byFirst.get(first) ?? []), phrase])
  }
}

const phraseAt = (stems: readonly string[], at: number): Phrase | undefined =>
  byFirst
    .get(stems[at] ?? '')
    ?.find((phrase) => phrase.stems.every((each, offset) => stems[at + offset] === each))

const NAME_OF = 0.25
/** What stands so near behind the verb is what is worked on. */
const REACH = 5
const OBJECT = 1.25

const hearClause = ({ words, stems, head, share: told }: Clause): (Heard & { key: string })[] => {
  const heard: (Heard & { key: string })[] = []
  for (let at = 0; at < stems.length; ) {
    const found = phraseAt(stems, at)
    const share = head >= 0 && at > head && at <= head + REACH ? told * OBJECT : told
    const verb = at === head ? VERBS.get(words[at] ?? '') : undefined
    if (verb !== undefined && (found === undefined || found.stems.length === 1)) {
      heard.push({ key: `${stems[at]}!`, what: `asks to "${words[at]}"`, lean: verb, share })
      at += 1
      continue
    }
    if (found === undefined) {
      at += 1
      continue
    }
    const { length } = found.stems
    const what = `"${words.slice(at, at + length).join(' ')}"`
    const key = found.stems.join(' ')
    const next = stems[at + length] ?? ''
    if (NAMEABLE.has(key) && isNameOf(next)) {
      heard.push({
        key,
        what: `${what}, the name of a "${words[at + length]}"`,
        lean: found.lean,
        share: share * NAME_OF,
      })
    } else heard.push({ key, what, lean: found.lean, share })
    at += length
  }
  return heard
}

const hearIntents = ({ text }: Sentence): Heard[] =>
  INTENTS.flatMap(({ what, pattern, unless, lean, isSoft = false }) => {
    const found = pattern.exec(text)
    if (found === null || unless?.test(text)) return []
    return [{ what: `${what}: "${found[0].trim().slice(0, 40)}"`, lean, share: 1, isSoft }]
  })

const hearRest = ({ operations, urls, labels }: Sentence): Heard[] => [
  ...operations.slice(0, 1).map((one) => ({ what: `the operation ${one}`, lean: { backend: 3 }, share: 1 })),
  ...urls.slice(0, 1).map((one) => ({
    what: `the address ${one}`,
    lean: { backend: /api|\/v\d/.test(one) ? 2 : 1 },
    share: 1,
  })),
  ...labels.slice(0, 1).map((one) => ({ what: `the words '${one}'`, lean: { frontend: 0.5 }, share: 1 })),
]

/** Who asks to be told something asks for no work. */
const TELLING: ReadonlySet<string> = new Set(
  'tell explain suggest recommend propose write give find list summarise summarize look see go do take get try describe'.split(
    ' ',
  ),
)

/** What should be otherwise is asked for, though no verb says so. */
const DEMAND =
  /\b(?:should|must|shall|ought|needs? (?:to|an?)|may (?:only|not)|has to|have to|doesn't|don't|does not|do not|cannot|can't|forgets?|fails?|ignored?|loses?|broken|wrong|please|pls|when (?:i|the|a|an|you))\b/

/** What was heard in a task, in its order. Each word is used once; the same phrase counts once, where it is asked for most. */
export const hear = (task: string, names: readonly string[]): { heard: Heard[]; isAsked: boolean } => {
  const sentence = readSentence(task, VERB_FORMS, names)
  const heard = new Map<string, Heard>()
  for (const each of sentence.clauses.flatMap(hearClause)) {
    const before = heard.get(each.key)
    if (before === undefined || before.share < each.share) heard.set(each.key, each)
  }
  return {
    heard: [...heard.values(), ...measuresIn(sentence.text), ...hearIntents(sentence), ...hearRest(sentence)],
    isAsked:
      sentence.clauses.some(({ words, head }) => head >= 0 && !TELLING.has(words[head] ?? '')) ||
      DEMAND.test(sentence.text),
  }
}

const talk = TALK.map(stemsOf)
const everyday = EVERYDAY.map((phrase) => stemsOf(phrase).join(' '))

/** Nobody of the trade is asked. */
export const isTalk = (task: string): boolean => {
  const stems = ` ${stemsOf(task).join(' ')} `
  return talk.some((phrase) => stems.includes(` ${phrase.join(' ')} `))
}

/** Words of everyday life that no file of the repository is named after. */
export const everydayIn = (task: string, files: readonly string[]): string[] => {
  const stems = ` ${stemsOf(task).join(' ')} `
  return everyday.filter(
    (phrase) =>
      stems.includes(` ${phrase} `) && !files.some((file) => file.toLowerCase().includes(stem(phrase))),
  )
}
