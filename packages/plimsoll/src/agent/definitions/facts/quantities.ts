/** A number with its unit, as it stands in a sentence. */
export type Quantity = {
  comparison: '<' | '<=' | '>' | '>=' | '=' | null
  value: number
  /** canonical: `ms`, `seconds`, `minutes`, `hours`, `hours/month`, `hours/year`, `%`, `/s` */
  unit: string
  /** where it begins in the sentence */
  at: number
  /** it stands in brackets: what was said before, said another way */
  isAside: boolean
}

const WORDS: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ fifteen: 15, twenty: 20, thirty: 30, sixty: 60, half: 0.5, hundred: 100, thousand: 1000 },
}

const DURATIONS: Readonly<Record<string, string>> = {
  ...{ ms: 'ms', msec: 'ms', millisecond: 'ms', milliseconds: 'ms' },
  ...{ s: 'seconds', sec: 'seconds', secs: 'seconds', second: 'seconds', seconds: 'seconds' },
  ...{ m: 'minutes', min: 'minutes', mins: 'minutes', minute: 'minutes', minutes: 'minutes' },
  ...{ h: 'hours', hr: 'hours', hrs: 'hours', hour: 'hours', hours: 'hours' },
}

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, seconds: 1, minutes: 60, hours: 3600 }

/** Seconds of a duration; null for a unit that is none. */
export const toSeconds = (value: number, unit: string): number | null => {
  const factor = SECONDS[unit]
  return factor === undefined ? null : value * factor
}

const HOURS_A_MONTH: Readonly<Record<string, number>> = { day: 365 / 12, week: 365 / 84, month: 1 }
const PERIODS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

const NUMBER = String.raw`\d[\d,_]*(?:\.\d+)?(?:[ \u00a0]\d{3}(?!\d))*(?:k(?![a-z])|\s?million\b)?`
const WORD_NUMBER = Object.keys(WORDS).join('|')
const DURATION = Object.keys(DURATIONS)
  .sort((left, right) => right.length - left.length)
  .join('|')
const PER = String.raw`(?:\s*\/\s*|\s+(?:per|a|an|each|every)\s+)`
const COUNTED = String.raw`(?:[a-z]+\s+)?(?:requests?|reqs?|calls?|operations?|ops|transactions?|queries|messages?|hits)`

const BEFORE =
  /(<=|>=|≤|≥|<|>|=|\bno (?:more|longer|slower|worse) than|\bat most|\bup to|\bmax(?:imum)?(?: of)?|\bnot (?:exceed|exceeding)|\bunder|\bbelow|\bless than|\bfewer than|\bfaster than|\bwithin|\bat least|\bno less than|\bmin(?:imum)?(?: of)?|\bmore than|\bover|\babove|\bexceed(?:s|ing)?)\s*:?\s*$/i

const COMPARISONS: readonly [RegExp, Quantity['comparison']][] = [
  [/^(<=|≤|at most|up to|max|not exceed|within|no (more|longer|slower|worse))/i, '<='],
  [/^(<|under|below|less|fewer|faster)/i, '<'],
  [/^(>=|≥|at least|no less|min)/i, '>='],
  [/^(>|more|over|above|exceed)/i, '>'],
  [/^=/, '='],
]

const comparisonBefore = (text: string): Quantity['comparison'] => {
  const said = BEFORE.exec(text)?.[1]
  if (said === undefined) return null
  const found = COMPARISONS.find(([pattern]) => pattern.test(said))?.[1] ?? null
  const isDenied = /\b(no|not|never|none|cannot|nothing|without|\w+n['’]t)\b/i.test(
    text.slice(0, -said.length),
  )
  return isDenied && /^[a-z]/i.test(said) && found === '>' ? '<=' : found
}

/** `1,000` is a thousand; `99,9` is decimal; `10k` is ten thousand. */
export const parseNumber = (text: string): number => {
  const word = WORDS[text.toLowerCase()]
  if (word !== undefined) return word
  const scale = /k$/i.test(text) ? 1000 : /million$/i.test(text) ? 1e6 : 1
  const digits = text.replace(/k$|million$|[\s\u00a0_]/gi, '')
  const isGrouped = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits)
  return Number(isGrouped ? digits.replace(/,/g, '') : digits.replace(',', '.')) * scale
}

const PATTERN = new RegExp(
  [
    String.raw`(?<number>${NUMBER}|\b(?:${WORD_NUMBER})\b)(?<plus>\+)?\s*(?:`,
    String.raw`(?<percent>%|percent\b|per cent\b)`,
    String.raw`|(?<rate>${COUNTED}${PER}(?<every>seconds?|secs?|s|minutes?|mins?|hours?|h|days?)\b|(?:rps|qps|tps)\b|\/s(?:ec(?:ond)?)?\b)`,
    String.raw`|(?<duration>${DURATION})\b(?:\s+(?:of\s+)?(?:downtime|outage|maintenance))?(?:${PER}(?<period>day|week|month|year)\b|\s+(?<adverb>daily|weekly|monthly|yearly|annually))?`,
    ')',
  ].join(''),
  'gi',
)

const NINES = new RegExp(String.raw`\b(${WORD_NUMBER}|\d)\s+nines\b`, 'gi')
const ONE_IN = new RegExp(String.raw`\b(?:1|one) in (?:a )?(${NUMBER}|hundred|thousand|million)\b`, 'gi')

const ADVERBS: Readonly<Record<string, string>> = {
  ...{ daily: 'day', weekly: 'week', monthly: 'month', yearly: 'year', annually: 'year' },
}

const exact = (value: number) => Number(value.toPrecision(12))

type Measured = { value: number; unit: string }

const measure = (number: number, groups: Readonly<Record<string, string | undefined>>): Measured => {
  if (groups.percent !== undefined) return { value: number, unit: '%' }
  if (groups.rate !== undefined) {
    const seconds = PERIODS[(groups.every ?? 's').toLowerCase().charAt(0)] ?? 1
    return { value: exact(number / seconds), unit: '/s' }
  }
  const unit = DURATIONS[(groups.duration ?? '').toLowerCase()] ?? 'seconds'
  const period = groups.period?.toLowerCase() ?? ADVERBS[groups.adverb?.toLowerCase() ?? '']
  if (period === undefined) return { value: number, unit }
  const hours = (toSeconds(number, unit) ?? 0) / 3600
  return period === 'year'
    ? { value: exact(hours), unit: 'hours/year' }
    : { value: exact(hours * (HOURS_A_MONTH[period] ?? 1)), unit: 'hours/month' }
}

const isAside = (text: string, at: number) =>
  text.lastIndexOf('(', at) > text.lastIndexOf(')', at) && text.lastIndexOf('(', at) > 0

/** Every quantity of a sentence whose unit we know, in its order. */
export const quantitiesOf = (text: string): Quantity[] => {
  const found: Quantity[] = []
  for (const match of text.matchAll(PATTERN)) {
    const before = text.slice(0, match.index)
    if (/[\w.#$-]$/.test(before) && !/[<>=≤≥]$/.test(before)) continue
    const number = parseNumber((match.groups?.number ?? '').trim())
    const hasPlus =
      match.groups?.plus !== undefined ||
      /^\s*(\+|or (more|better|higher)\b)/i.test(text.slice(match.index + match[0].length))
    const comparison = comparisonBefore(before) ?? (hasPlus ? '>=' : null)
    found.push({
      comparison,
      ...measure(number, match.groups ?? {}),
      at: match.index,
      isAside: isAside(text, match.index),
    })
  }
  for (const match of text.matchAll(NINES)) {
    const nines = parseNumber(match[1] ?? '0')
    const value = exact(100 - 10 ** (2 - nines))
    found.push({ comparison: '>=', value, unit: '%', at: match.index, isAside: isAside(text, match.index) })
  }
  for (const match of text.matchAll(ONE_IN)) {
    const of = match[1]?.toLowerCase() === 'million' ? 1e6 : parseNumber(match[1] ?? '1')
    const comparison = comparisonBefore(text.slice(0, match.index))
    found.push({
      comparison,
      value: exact(100 / of),
      unit: '%',
      at: match.index,
      isAside: isAside(text, match.index),
    })
  }
  return found.sort((left, right) => left.at - right.at)
}
