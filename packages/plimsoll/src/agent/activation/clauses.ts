import { splitHumps } from './identifiers-in.ts'
import { pathsIn } from './paths-in.ts'
import { stem, wordsOf } from './stem.ts'

export type Clause = {
  words: readonly string[]
  stems: readonly string[]
  /** where the verb stands that something is asked for with; -1: none */
  head: number
  /** from 0 to 1: how much of what is said is what is asked for */
  share: number
}

export type Sentence = {
  /** lower case, without what is masked */
  text: string
  clauses: readonly Clause[]
  /** `get /orders` */
  operations: readonly string[]
  /** `/orders` */
  urls: readonly string[]
  /** what stands in quotation marks: the name of something */
  labels: readonly string[]
}

const OPERATION = /\b(?:GET|POST|PUT|PATCH|DELETE)\s+\/?[\w{}<>:*[\]-]+(?:\/[\w{}<>:*[\].-]*)*/g
const URL = /(?<![\w.:/])\/[\w{}<>:*[\]-]+(?:\/[\w{}<>:*[\].-]*)*/g
/** At most six words; an apostrophe within a word is none. */
const LABEL =
  /(?<!\w)(?:'((?:[^'\n]|\w'\w){1,50})'|"([^"\n]{1,50})"|“([^”\n]{1,50})”|‘([^’\n]{1,50})’)(?!\w)/g
/** A word of the business in the marks of code is a name, too; code that looks like code is heard. */
const CODE_NAME = /`([a-z_]+:?)`/g

const LEAD =
  /^(?:please|pls|plz|and|then|also|now|just|so|but|next|finally|first|hi|hey|hello|ok|could you|can you|would you|will you|we need to|we have to|we want to|we should|we must|i want you to|i want to|i need to|i need you to|i would like you to|i'd like you to|i'd like to|you should|let's|lets|let us|help me|help us|try to|go and|make sure to|to)\s+/

const BACKGROUND_LEAD =
  /^(?:for|since|after|before|because|although|while|as|during|ahead of|in preparation for)\s/
const NOT_MEANT =
  /\b(?:instead of|rather than|not (?:from|in|on|by|via|with|just|only|the|a|an)|no longer|no)\b.*$/

const QUESTION =
  /^(?:which|what|where|why|who|how|can|could|does|do|is|are|may|might|would|should|will|has|have)\b/

/** Where a request begins in words that are no question: `and <verb>` begins a new one. */
const splitAt = (verbs: ReadonlySet<string>) => (piece: string) => {
  const parts: string[] = []
  let rest = piece
  for (const found of piece.matchAll(/\s(?:and|then|or)\s+(?=([a-z-]+))/g)) {
    if (!verbs.has(found[1] ?? '')) continue
    const at = rest.length - (piece.length - found.index)
    parts.push(rest.slice(0, at))
    rest = rest.slice(at + found[0].length)
  }
  return [...parts, rest]
}

const withoutLead = (piece: string): string => {
  const next = piece.replace(LEAD, '')
  return next === piece ? piece : withoutLead(next)
}

const SHARE = { asked: 1, told: 0.8, aside: 0.45 } as const

const clauseOf = (piece: string, verbs: ReadonlySet<string>, share: number): Clause => {
  const lead = wordsOf(piece).length - wordsOf(withoutLead(piece)).length
  const words = wordsOf(piece)
  const stems = words.map(stem)
  const head = verbs.has(words[lead] ?? '') ? lead : -1
  return { words, stems, head, share }
}

const collect = (text: string, pattern: RegExp, into: string[]): string =>
  text.replace(pattern, (all: string) => {
    into.push(all.replace(/^['"“‘]|['"”’]$/g, ''))
    return ' ~ '
  })

/**
 * A task taken apart: what is asked for, what is only told, and what is a name.
 * @param verbs in their plain form, that something is asked for with
 * @param names what the repository calls its parts: they are masked
 */
export const readSentence = (
  task: string,
  verbs: ReadonlySet<string>,
  names: readonly string[] = [],
  isKnown: (word: string) => boolean = () => false,
): Sentence => {
  const operations: string[] = []
  const urls: string[] = []
  const labels: string[] = []
  let text = collect(task, OPERATION, operations)
  text = collect(text, LABEL, labels)
  for (const path of pathsIn(text)) text = text.replaceAll(path, ' ~ ')
  text = collect(text, URL, urls)
  for (const name of names) text = text.replaceAll(name, ' ~ ')
  text = splitHumps(text.replace(CODE_NAME, ' ~ '), isKnown).toLowerCase()
  const pieces = text
    .split(/[.!?;]+(?:\s+|$)|\s[-–—]\s|:\s|,\s|\s\(|\)|\n/)
    .flatMap((piece) => splitAt(verbs)(piece.trim()))
    .filter((piece) => piece.trim() !== '')
  const clauses = pieces.flatMap((piece) => {
    const plain = piece.trim()
    const isAsked = QUESTION.test(withoutLead(plain)) || clauseOf(plain, verbs, 1).head >= 0
    const share = BACKGROUND_LEAD.test(plain) ? SHARE.aside : isAsked ? SHARE.asked : SHARE.told
    const aside = NOT_MEANT.exec(plain)
    if (aside === null) return [clauseOf(plain, verbs, share)]
    return [clauseOf(plain.slice(0, aside.index), verbs, share), clauseOf(aside[0], new Set(), SHARE.aside)]
  })
  const isAllTold = clauses.every(({ share }) => share < SHARE.asked)
  const most = Math.max(...clauses.map(({ share }) => share), SHARE.aside)
  return {
    text,
    clauses: isAllTold ? clauses.map((clause) => ({ ...clause, share: clause.share / most })) : clauses,
    operations,
    urls,
    labels,
  }
}
