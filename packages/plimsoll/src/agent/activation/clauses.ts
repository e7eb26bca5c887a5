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
  /^(?:for|since|after|before|because|although|though|while|as|during|if|in case|once|until|ahead of|in preparation for|i use|we use)\s/
/** What follows in the same breath is asked for: `while it runs we should wait`. */
const CONDITION_LEAD = /^(?:if|while|once|until|after|before|during)\s/
const NOT_MEANT =
  /\b(?:instead of|rather than|not (?:from|in|on|by|via|with|just|only|the|a|an)|no longer|no)\b.*$/

/** What is said to be left alone, or in order. */
const EXCLUDED =
  /\b(?:(?:don't|do not|never|without) (?:touch|change|chang\w+|rewrite|edit|modify|touching)|(?:is|are|was|works?|that's|it's|looks?) (?:all |just |perfectly |quite )?(?:fine|ok|okay|correct|in order|good enough|as it should be|not the (?:problem|point|issue|cause))|leave (?:\w+ ){1,4}(?:alone|to (?:them|him|her|others|me|us)|as (?:is|it is|they are))|as (?:agreed|expected|intended)|what it should|(?:won't|will not|can't|cannot) (?:be )?(?:change|changed|ship|touch)|stays? as (?:it|they)|\bno (?:\w+ ){0,2}(?:work|changes?)\b|nothing (?:to do|in the|is wrong|changes)|(?:handled|done|taken care of) by|does the rest|team (?:does|will|is|are)|already (?:done|ready|deployed|there|in place)|(?:is|are) (?:done|ready|finished|merged|written|perfect|happy|right|good)|works? (?:fine|well|locally)|don't care|nothing to do with|not about|isn't about|is not about|unrelated|out of scope)\b/

/** `docker compose is for local use, that part is fine` */
const OF_THAT = /^(?:that|this|it|which|those|these)\b/
/** From here on it is said what is really meant. */
const TURN = /^(?:but|however|yet|instead|actually|anyway|still)\b/
const BEFORE_TURN = 0.6
/** What is asked for is what was told: `lock them down`, `please fix`. */
const BACK = /\b(?:them|it|this|that|these|those)\b|^(?:\w+ ){0,3}\w+$/

const DEMANDED =
  /\b(?:should|must|shall|ought to|ha(?:s|ve) to|needs?|wants?|lacks?|missing|left is|please|pls)\b/

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

const SHARE = { asked: 1, meant: 0.85, told: 0.7, aside: 0.4, excluded: 0.15 } as const

const clauseOf = (piece: string, verbs: ReadonlySet<string>, share: number): Clause => {
  const lead = wordsOf(piece).length - wordsOf(withoutLead(piece)).length
  const words = wordsOf(piece)
  const stems = words.map(stem)
  const head = verbs.has(words[lead] ?? '') ? lead : -1
  return { words, stems, head, share }
}

const isAsked = (piece: string, verbs: ReadonlySet<string>): boolean =>
  QUESTION.test(withoutLead(piece)) || DEMANDED.test(piece) || clauseOf(piece, verbs, 1).head >= 0

const shareOf = (piece: string, verbs: ReadonlySet<string>, told: number): number => {
  const plain = withoutLead(piece)
  if (BACKGROUND_LEAD.test(plain) && !(CONDITION_LEAD.test(plain) && DEMANDED.test(plain))) return SHARE.aside
  return isAsked(plain, verbs) ? SHARE.asked : told
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
 * @param isKnown whether a name in humps is a word of its own, and not to be split
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
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
  const turn = pieces.findLastIndex((piece, index) => index > 0 && TURN.test(piece))
  const isOfTold = pieces.some((piece) => BACK.test(piece) && isAsked(piece, verbs))
  const told = isOfTold ? SHARE.meant : SHARE.told
  const clauses = pieces.flatMap((piece, index) => {
    const next = pieces[index + 1] ?? ''
    const isLeft = EXCLUDED.test(piece) || (OF_THAT.test(next) && EXCLUDED.test(next))
    const share = isLeft ? SHARE.excluded : shareOf(piece, verbs, told) * (index < turn ? BEFORE_TURN : 1)
    const aside = NOT_MEANT.exec(piece)
    if (aside === null) return [clauseOf(piece, verbs, share)]
    const meant = clauseOf(piece.slice(0, aside.index), verbs, share)
    return [meant, clauseOf(aside[0], new Set(), Math.min(share, SHARE.aside))]
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
