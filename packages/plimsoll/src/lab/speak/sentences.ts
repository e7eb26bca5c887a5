import { keysOf, type Lesson, lessonAbout } from './lesson.ts'

const NAME = '[A-Za-z_][\\w.]*'
const QUOTED = `["'\`]?${NAME}["'\`]?`
const LIST = `${QUOTED}(?:, ${QUOTED})*(?:,? (?:and|&) ${QUOTED})?`
/** To the end of the clause; a comma ends it only where the next field begins. */
const CLAUSE = '(?:[^,;\\n.]|\\.(?!\\s|$)|,(?! ?(?:body/)?[\\w./]+ (?:must|should|is|are)\\b))*'

/** Sentences of the common validators; what one row has read, the next ones do not see. */
const ROWS: readonly RegExp[] = [
  /each value in [\w.]+ must[^,;\n]*/g,
  /(?:\b(?:body|data)(?<under>[\w./]*) )?must have required property '(?<fields>[\w.-]+)'/g,
  /'(?<fields>[\w.]+)' is a required property/g,
  /is not (?<about>of type '\w+'|one of \[[^\]]*\]) - '(?<fields>[\w.]+)'/g,
  /(?:(?<under>[\w.]+)\.)?property (?<fields>\w+) (?<about>should not exist)/g,
  new RegExp(`\\bbody[/.](?<fields>[\\w./]+) (?<about>must ${CLAUSE})`, 'g'),
  new RegExp(
    `"(?<fields>[\\w.[\\]]+)" (?<about>(?:must|is not allowed|contains|length|with value)${CLAUSE})`,
    'g',
  ),
  new RegExp(
    `[Mm]issing (?:required )?(?:field|parameter|property|propertie|key|value|argument)s?:? (?<fields>${LIST})`,
    'g',
  ),
  new RegExp(`(?<fields>${LIST}) (?:are|is)(?: both| all)? (?:required|missing|mandatory)`, 'g'),
  new RegExp(
    `\\b(?<fields>${NAME}) (?<about>(?:must be|should not be empty|should be|must contain|cannot be (?:blank|empty|null)|can't be blank|may not be (?:null|empty)|field is required)${CLAUSE})`,
    'g',
  ),
]

const STOP = new Set(
  'it this that value values body request payload field fields input data and property parameter you which there all'.split(
    ' ',
  ),
)

/** A sentence begins with a capital, a key seldom does. */
const asKey = (name: string) => (/^[A-Z][a-z]+$/.test(name) ? name.toLowerCase() : name)

const namesIn = (list: string): string[] =>
  list
    .split(/,? (?:and|&) |, /)
    .map((name) => name.replace(/["'`]/g, ''))
    .filter((name) => name !== '' && !STOP.has(name.toLowerCase()))
    .map(asKey)

/** The fields that a sentence for people names, and what it wants of them. */
export const fromSentence = (message: string): Lesson[] => {
  const found: Lesson[] = []
  let text = message
  for (const row of ROWS) {
    for (const { groups } of text.matchAll(row)) {
      const { under = '', fields, about = '' } = groups ?? {}
      for (const name of fields === undefined ? [] : namesIn(fields))
        found.push(lessonAbout([...keysOf(under), ...keysOf(name)], about))
    }
    text = text.replace(row, ' ; ')
  }
  return found
}
