import type { Json } from '../../base/json/json.ts'
import { inferSchema } from '../infer-schema.ts'
import type { Components } from './components.ts'
import { type Group, isGroup } from './json.ts'
import { freeName } from './names.ts'
import type { Observed } from './observed.ts'
import { asJson, describeStatus, isError } from './responses.ts'

/** Every error answer once, as `components.responses`, with the codes that were seen under it. */
export type Catalogue = {
  /** the reference to an error's entry, which is made when it is new */
  share(status: string, response: Group): Group
  readonly responses: ReadonlyMap<string, Group>
}

const CODES = ['code', 'type', 'errorCode', 'name', 'error']

const textsIn = (body: Group): string | null => {
  for (const name of CODES) {
    const value = body[name]
    if (typeof value === 'string' && /^[\w.:/ -]{1,60}$/.test(value)) return value
    if (typeof value === 'number' && !isError(String(value))) return String(value)
  }
  return null
}

/** What an error calls itself: `code`, `type`, the same inside `error`; null where it has no name. */
export const codeOf = (body: Json | undefined): string | null => {
  if (!isGroup(body)) return null
  const inside = isGroup(body.error) ? textsIn(body.error) : null
  return textsIn(body) ?? inside
}

const isJson = ({ mediaType, sample }: Observed) =>
  mediaType !== null && /[/+]json$/.test(mediaType) && isGroup(sample)

/** One sample for each code, so that a reader sees what to expect. */
const examplesOf = (answers: readonly Observed[]): Group => {
  const examples: Group = {}
  for (const { sample } of answers) {
    const code = codeOf(sample)
    const name = code === null ? null : code.replace(/[^\w.-]+/g, '_')
    if (name !== null && sample !== undefined && examples[name] === undefined)
      examples[name] = { value: sample }
  }
  return examples
}

const componentName = (status: string) => (status === 'default' ? 'ErrorDefault' : `Error${status}`)

/** @param answers every error that was observed */
export const createCatalogue = (answers: readonly Observed[], components: Components): Catalogue => {
  const responses = new Map<string, Group>()
  const names = new Map<string, string>()
  const errors = answers.filter((answer) => isError(String(answer.status)))
  const samples = errors.filter(isJson).flatMap(({ sample }) => (sample === undefined ? [] : [sample]))
  const shape = samples.length === 0 ? null : components.add('Error', asJson(inferSchema(samples)))

  const reference = (name: string): Group => ({ $ref: `#/components/responses/${name}` })

  for (const status of [...new Set(errors.map((answer) => answer.status))].sort((a, b) => a - b)) {
    const own = errors.filter((answer) => answer.status === status)
    const types = [...new Set(own.flatMap(({ mediaType }) => mediaType ?? []))].sort()
    const examples = examplesOf(own)
    const content = types.map((type): [string, Group] => {
      const fits = shape !== null && own.some((answer) => answer.mediaType === type && isJson(answer))
      if (!fits) return [type, {}]
      return [type, { schema: shape, ...(Object.keys(examples).length > 0 && { examples }) }]
    })
    const name = componentName(String(status))
    const codes = Object.keys(examples)
    responses.set(name, {
      description: [describeStatus(String(status)), ...(codes.length > 0 ? [codes.join(', ')] : [])].join(
        ': ',
      ),
      ...(content.length === 0 ? {} : { content: Object.fromEntries(content) }),
    })
  }

  const share = (status: string, response: Group): Group => {
    const name = componentName(status)
    if (errors.some((answer) => String(answer.status) === status)) return reference(name)
    const text = JSON.stringify(response)
    const before = names.get(`${status} ${text}`)
    if (before !== undefined) return reference(before)
    const free = freeName(name, responses)
    names.set(`${status} ${text}`, free)
    responses.set(free, response)
    return reference(free)
  }

  return { share, responses }
}
