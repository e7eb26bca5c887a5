import { type Clause, readSentence, type Sentence } from './clauses.ts'
import { VERB_FORMS, VERBS } from './heads.ts'
import { identifiersIn, isHook } from './identifiers-in.ts'
import { INTENTS } from './intents.ts'
import { measuresIn } from './measures-in.ts'
import { isNameOf } from './names.ts'
import { isFormOf, rootsOf, stem, stemsOf, wordsOf } from './stem.ts'
import { EVERYDAY, PROSE, SMALL_TALK, TALK } from './words/everyday.ts'
import type { Lean } from './words/lean.ts'
import { LEANS } from './words.ts'

/** `isSoft`: it yields where the thing that it is said of is another's trade; `isMood`: it is nothing by itself. */
export type Heard = { what: string; lean: Lean; share: number; isSoft?: boolean; isMood?: boolean }

type Phrase = { text: string; stems: readonly string[]; lean: Lean }

/** first stem -> phrases that begin with it, the longest first */
const byFirst = new Map<string, Phrase[]>()
{
  const joined = new Map<string, Phrase>()
  for (const [text, to] of LEANS) {
    const stems = stemsOf(text)
    const key = stems.length === 1 ? text : stems.join(' ')
    joined.set(key, { text, stems, lean: { ...to, ...joined.get(key)?.lean } })
  }
  for (const phrase of [...joined.values()].sort((a, b) => b.stems.length - a.stems.length)) {
    const first = phrase.stems[0] ?? ''
    byFirst.set(first, [...(byFirst.get(first) ?? []), phrase])
  }
}

const wordAs = (word: string): Phrase | undefined => {
  const forms = (byFirst.get(stem(word)) ?? []).filter(
    ({ stems, text }) => stems.length === 1 && isFormOf(word, text),
  )
  return forms.find(({ text }) => text === word) ?? forms[0]
}

/** The longest phrase that begins here, else the word, else what it is built of. */
const phraseAt = ({ words, stems }: Clause, at: number): Phrase | undefined =>
  byFirst
    .get(stems[at] ?? '')
    ?.find(
      (phrase) =>
        phrase.stems.length > 1 && phrase.stems.every((each, offset) => stems[at + offset] === each),
    ) ?? [words[at] ?? '', ...rootsOf(words[at] ?? '')].map(wordAs).find((phrase) => phrase !== undefined)

const NAME_OF = 0.25
/** What stands so near behind the verb is what is worked on. */
const REACH = 5
const OBJECT = 1

const hearClause = (clause: Clause): (Heard & { key: string })[] => {
  const { words, stems, head, share: told } = clause
  const heard: (Heard & { key: string })[] = []
  for (let at = 0; at < stems.length; ) {
    const found = phraseAt(clause, at)
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
    if (isNameOf(next, found.lean.frontend !== undefined)) {
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

/** What is found in a clause counts as much as the clause does. */
const shareOf = (found: string, clauses: readonly Clause[]): number => {
  const words = wordsOf(found).join(' ')
  return clauses.find((clause) => clause.words.join(' ').includes(words))?.share ?? 1
}

const hearIntents = ({ text, clauses }: Sentence): Heard[] =>
  INTENTS.flatMap(({ what, pattern, unless, lean, isSoft = false, isMood = false }) => {
    const found = pattern.exec(text)
    if (found === null || unless?.test(text)) return []
    return [
      {
        what: `${what}: "${found[0].trim().slice(0, 40)}"`,
        lean,
        share: shareOf(found[0], clauses),
        isSoft,
        isMood,
      },
    ]
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

const hooksIn = (task: string): Heard[] =>
  identifiersIn(task)
    .filter(isHook)
    .slice(0, 1)
    .map((name) => ({ what: `the hook ${name}`, lean: { frontend: 3 }, share: 1 }))

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
  const sentence = readSentence(task, VERB_FORMS, names, (word) => byFirst.has(stem(word)))
  const heard = new Map<string, Heard>()
  for (const each of sentence.clauses.flatMap(hearClause)) {
    const before = heard.get(each.key)
    if (before === undefined || before.share < each.share) heard.set(each.key, each)
  }
  return {
    heard: [
      ...heard.values(),
      ...measuresIn(sentence.text),
      ...hearIntents(sentence),
      ...hearRest(sentence),
      ...hooksIn(task),
    ],
    isAsked:
      sentence.clauses.some(({ words, head }) => head >= 0 && !TELLING.has(words[head] ?? '')) ||
      DEMAND.test(sentence.text),
  }
}

const talk = TALK.map(stemsOf)
const prose = PROSE.map((phrase) => stemsOf(phrase).join(' '))
const everyday = EVERYDAY.map((phrase) => stemsOf(phrase).join(' '))

/** Nobody of the trade is asked. */
export const isTalk = (task: string): boolean => {
  const stems = ` ${stemsOf(task).join(' ')} `
  return talk.some((phrase) => stems.includes(` ${phrase.join(' ')} `))
}

const TALK_OPENS = 'an opening of small talk'

/** How small talk begins, and words of everyday life that no file of the repository is named after. */
export const everydayIn = (task: string, files: readonly string[]): string[] => {
  const stems = ` ${stemsOf(task).join(' ')} `
  const words = everyday.filter(
    (phrase) =>
      stems.includes(` ${phrase} `) && !files.some((file) => file.toLowerCase().includes(stem(phrase))),
  )
  return [
    ...(SMALL_TALK.test(task.trim()) ? [TALK_OPENS] : []),
    ...prose.filter((phrase) => stems.includes(` ${phrase} `)).map((word) => `"${word}" is writing`),
    ...words.map((word) => `"${word}" is of everyday life`),
  ]
}
