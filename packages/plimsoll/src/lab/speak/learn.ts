import { fromIssue } from './issues.ts'
import { type Lesson, lessonAbout } from './lesson.ts'
import { fromSentence } from './sentences.ts'

export type { Lesson }

const LONGEST = 2_000
/** Keys that hold a text about the whole, or wrap the fields; any other may be a field. */
const NO_FIELD =
  /^(message|messages|msg|error|errors|_errors|detail|details|description|reason|code|type|name|status|statusCode|statusText|validation|body|json|data|issues|fieldErrors|formErrors|field_errors|non_field_errors|result|success|stack)$/
const COMPLAINT =
  /^(?:is |must |should |can't |cannot |may not |required\b|missing |this (?:field|value) |field required|not a valid |invalid\b|expected |enter a |a valid )/i

const complaintsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (one): one is string => typeof one === 'string' && COMPLAINT.test(one),
  )

/** `{ "email": ["can't be blank"] }`: the key is the field, and the text does not name it. */
const fromEntry = (key: string, value: unknown, under: readonly string[]): Lesson[] => {
  const isHeading = key === 'title' && typeof value === 'string'
  if (isHeading || NO_FIELD.test(key)) return walk(value, under)
  const complaints = complaintsIn(value)
  if (complaints.length === 0) return walk(value, [...under, key])
  return complaints.map((complaint) => lessonAbout([...under, key], complaint))
}

const walk = (value: unknown, under: readonly string[] = []): Lesson[] => {
  if (typeof value === 'string') return fromSentence(value.slice(0, LONGEST))
  if (Array.isArray(value)) return value.flatMap((item) => walk(item, under))
  if (value === null || typeof value !== 'object') return []
  const own = fromIssue(value as Record<string, unknown>)
  if (own.length > 0) return own
  return Object.entries(value).flatMap(([key, inner]) => fromEntry(key, inner, under))
}

/** Reads a refusal in the forms of ajv, zod, joi, class-validator, express-validator, pydantic and plain sentences. */
export const lessonsOf = (body: string): Lesson[] => {
  try {
    return walk(JSON.parse(body))
  } catch {
    return fromSentence(body.slice(0, LONGEST))
  }
}
