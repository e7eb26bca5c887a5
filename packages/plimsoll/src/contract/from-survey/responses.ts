import { STATUS_CODES } from 'node:http'
import type { Json } from '../../base/json/json.ts'
import type { Route } from '../../model/system.ts'
import { inferSchema } from '../infer-schema.ts'
import type { Components } from './components.ts'
import { type Group, isGroup, schemaIn } from './json.ts'
import type { Observed } from './observed.ts'

const CLASSES: Readonly<Record<string, string>> = {
  '1': 'Information',
  '2': 'Success',
  '3': 'Redirection',
  '4': 'Refused',
  '5': 'Failed',
}

export const describeStatus = (status: string): string =>
  STATUS_CODES[status] ?? CLASSES[status.charAt(0)] ?? 'Any other answer'

export const isError = (status: string) => /^[45]/.test(status)

/** A schema that inference or the survey made is JSON. */
export const asJson = (schema: unknown): Json =>
  typeof schema === 'boolean' || isGroup(schema) ? schema : true

const contentOf = (answers: readonly Observed[]): Group => {
  const content: Group = {}
  for (const type of [...new Set(answers.flatMap(({ mediaType }) => mediaType ?? []))].sort()) {
    const samples = answers.flatMap(({ mediaType, sample }) =>
      mediaType === type && sample !== undefined ? [sample] : [],
    )
    content[type] = samples.length === 0 ? {} : { schema: asJson(inferSchema(samples)) }
  }
  return content
}

export const observedResponse = (status: string, answers: readonly Observed[]): Group => {
  const content = contentOf(answers)
  return {
    description: describeStatus(status),
    ...(Object.keys(content).length === 0 ? {} : { content }),
  }
}

const declaredResponse = (status: string, schema: unknown, components: Components): Group => {
  const known = schemaIn(schema)
  const description =
    known !== null && typeof known.description === 'string' ? known.description : describeStatus(status)
  if (known === null || known.type === 'null') return { description }
  return { description, content: { 'application/json': { schema: components.hoist(known) } } }
}

const STATUS = /^(?:[1-5](?:\d\d|XX)|default)$/

/**
 * Answers of one operation: those that were seen, else those that the source declares. `shared` gives the reference
 * of an error that stands in the catalogue.
 */
export const responsesOf = (
  route: Route,
  answers: readonly Observed[],
  components: Components,
  shared: (status: string, response: Group) => Group,
): Group => {
  const found = new Map<string, Group>()
  for (const [status, schema] of Object.entries(route.schemas?.responses ?? {})) {
    const name = status === 'DEFAULT' ? 'default' : status
    if (STATUS.test(name)) found.set(name, declaredResponse(name, schema, components))
  }
  for (const status of new Set(answers.map((answer) => String(answer.status))))
    found.set(
      status,
      observedResponse(
        status,
        answers.filter((answer) => String(answer.status) === status),
      ),
    )
  if (found.size === 0)
    return { default: { description: 'Not known: none is declared, and none was observed' } }
  const named = [...found].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(
    named.map(([status, response]) => [status, isError(status) ? shared(status, response) : response]),
  )
}
