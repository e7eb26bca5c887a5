import { keysOf, type Lesson, lessonAbout } from './lesson.ts'

type Issue = Record<string, unknown>

const isRecord = (value: unknown): value is Issue =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const pathOf = (issue: Issue): string[] | null => {
  for (const key of ['path', 'loc', 'instancePath', 'field', 'param', 'property', 'dataPath']) {
    const found = issue[key]
    if (Array.isArray(found)) return found.map(String).filter((part) => part !== 'body')
    if (typeof found === 'string') return keysOf(found)
  }
  return null
}

const textsIn = (issue: Issue, keys: readonly string[]) =>
  keys.map((key) => issue[key]).filter((part) => typeof part === 'string')

/** The message without the name of its own field, which may read like a type. */
const withoutName = (message: string, name: string) =>
  message.replaceAll(`"${name}"`, '').replace(new RegExp(`^${name.replace(/\W/g, '\\$&')} `), '')

/** Keys that the issue names beside its path: missing ones, and ones too many. */
const keysBeside = (issue: Issue, path: string[]): Lesson[] => {
  const params = isRecord(issue.params) ? issue.params : {}
  const below = (key: unknown, unwanted: boolean): Lesson[] =>
    typeof key === 'string' ? [{ path: [...path, key], type: null, oneOf: null, unwanted }] : []
  const keys = issue.code === 'unrecognized_keys' && Array.isArray(issue.keys) ? issue.keys : []
  return [
    ...below(params.missingProperty, false),
    ...below(params.additionalProperty, true),
    ...keys.flatMap((key) => below(key, true)),
  ]
}

const optionsOf = (issue: Issue): unknown[] | null => {
  const params = isRecord(issue.params) ? issue.params : {}
  return [issue.options, issue.values, params.allowedValues].find((list) => Array.isArray(list)) ?? null
}

/** One entry of a validator's own list of problems; empty when the object is none. */
export const fromIssue = (issue: Issue): Lesson[] => {
  const path = pathOf(issue)
  if (path === null) return []
  const beside = keysBeside(issue, path)
  if (beside.length > 0) return beside
  const messages = textsIn(issue, ['message', 'msg'])
  const about = [
    ...messages.map((message) => withoutName(message, path.at(-1) ?? '')),
    ...textsIn(issue, ['expected', 'type', 'code', 'format', 'validation']),
  ]
  if (path.length === 0 || about.length === 0) return []
  const found = about.map((part) => lessonAbout(path, part))
  const options = optionsOf(issue)
  return [
    {
      path,
      type: found.find(({ type }) => type !== null)?.type ?? null,
      oneOf: options?.map(String) ?? found.find(({ oneOf }) => oneOf !== null)?.oneOf ?? null,
      unwanted: found.some(({ unwanted }) => unwanted),
    },
  ]
}
