import type { JsonSchema } from '../api.ts'
import { type Group, groupOf, isGroup, textOf } from './group.ts'
import { HOLDS, LEFT_OUT, TYPES, WANTS } from './keywords.ts'
import type { Complain, Documents, Place } from './place.ts'

type Draft = Record<string, unknown>

export type Schemas = {
  /** the schema as JSON Schema 2020-12; what it refers to is put among the definitions */
  convert(place: Place): JsonSchema
  /** the name among the definitions of what stands there, which is converted the first time */
  define(place: Place): string
  definitions: Record<string, JsonSchema>
}

const NOTES = ['title', 'description', 'readOnly', 'writeOnly', 'deprecated', 'default', 'examples']

const notesOf = (draft: Draft): Draft =>
  Object.fromEntries(NOTES.filter((key) => draft[key] !== undefined).map((key) => [key, draft[key]]))

/** OpenAPI 3.0 says `exclusiveMinimum: true` beside `minimum`; JSON Schema says the number itself. */
const settleBounds = (draft: Draft, source: Group) => {
  for (const [bound, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (source[exclusive] === true && draft[bound] !== undefined) {
      draft[exclusive] = draft[bound]
      delete draft[bound]
    }
  }
}

const COMBINES = ['allOf', 'anyOf', 'oneOf', 'const', '$ref', 'not', 'if']

const makeNullable = (draft: Draft): Draft => {
  if (COMBINES.some((key) => draft[key] !== undefined))
    return { ...notesOf(draft), anyOf: [draft, { type: 'null' }] }
  const types = [draft.type].flat().filter((one) => one !== undefined)
  if (types.length > 0) draft.type = [...new Set([...types, 'null'])]
  if (Array.isArray(draft.enum) && !draft.enum.includes(null)) draft.enum = [...draft.enum, null]
  return draft
}

const safeName = (text: string) => text.replace(/[^\w.-]+/g, '_').replace(/^_+|_+$/g, '') || 'Schema'

const nameOf = ({ file, pointer }: Place): string => {
  const last = pointer.split('/').at(-1) ?? ''
  if (last !== '') return safeName(last.replaceAll('~1', '/').replaceAll('~0', '~'))
  return safeName(
    file
      .split('/')
      .at(-1)
      ?.replace(/\.\w+$/, '') ?? '',
  )
}

/** Beside nothing else in a schema that could not be read: nothing is known of its values. */
export const UNREAD = 'x-unread'

export const createSchemas = (
  documents: Documents,
  complain: Complain,
  dialect: '2' | '3.0' | '3.1',
): Schemas => {
  const definitions: Record<string, JsonSchema> = {}
  const names = new Map<string, string>()

  const define = (place: Place): string => {
    const key = `${place.file}#${place.pointer}`
    const known = names.get(key)
    if (known !== undefined) return known
    const plain = nameOf(place)
    let name = plain
    for (let count = 2; Object.hasOwn(definitions, name); count += 1) name = `${plain}${count}`
    names.set(key, name)
    definitions[name] = true
    const end = documents.follow(place)
    definitions[name] = end.value === undefined ? { [UNREAD]: true } : convert(place)
    return name
  }

  const convertType = (value: unknown, place: Place): unknown => {
    const types = [value].flat().map((one) => (one === 'file' ? 'string' : one))
    const known = types.filter((one) => typeof one === 'string' && TYPES.has(one))
    if (known.length < types.length) complain(place, `type ${JSON.stringify(value)} is none of JSON Schema`)
    return known.length === 0 ? undefined : Array.isArray(value) ? [...new Set(known)] : known[0]
  }

  const convertMapping = (discriminator: unknown, place: Place): unknown => {
    if (typeof discriminator === 'string') return { propertyName: discriminator }
    const { mapping, ...rest } = groupOf(discriminator)
    if (!isGroup(mapping)) return rest
    const targets = Object.entries(mapping).map(([value, ref]) => {
      const text = textOf(ref) ?? ''
      const target = documents.target(/[#/.]/.test(text) ? text : `#/components/schemas/${text}`, place)
      return [value, target === null ? null : `#/$defs/${define(target)}`]
    })
    return { ...rest, mapping: Object.fromEntries(targets.filter(([, target]) => target !== null)) }
  }

  const below = (place: Place, value: unknown): Place => ({ value, file: place.file, pointer: place.pointer })

  const convertHeld = (kind: 'schema' | 'list' | 'group', value: unknown, place: Place): unknown => {
    if (kind === 'schema') return convert(below(place, value))
    if (kind === 'list')
      return Array.isArray(value) && value.length > 0
        ? value.map((one) => convert(below(place, one)))
        : undefined
    if (!isGroup(value)) return undefined
    const group: Draft = {}
    for (const key of Object.keys(value)) group[key] = convert(below(place, value[key]))
    return group
  }

  const convertKeyword = (draft: Draft, key: string, value: unknown, place: Place) => {
    const holds = HOLDS.get(key)
    if (key === 'type') draft.type = convertType(value, place)
    else if (key === 'example') draft.examples ??= [value]
    else if (key === 'discriminator') draft.discriminator = convertMapping(value, place)
    else if (key === 'items' && Array.isArray(value)) draft.prefixItems = convertHeld('list', value, place)
    else if (holds !== undefined) draft[key] = convertHeld(holds, value, place)
    else {
      const wants = WANTS.get(key)
      if (wants === undefined || wants.is(value)) draft[key] = value
      else if (!(key.startsWith('exclusive') && typeof value === 'boolean'))
        complain(place, `${key} is not ${wants.what}`)
    }
  }

  const convertReference = (ref: string, source: Group, place: Place): Draft => {
    const target = documents.target(ref, place)
    if (target === null) return { [UNREAD]: true }
    const draft: Draft = { $ref: `#/$defs/${define(target)}` }
    for (const key of Object.keys(source)) {
      // Before 3.1 what stands beside a reference is ignored; notes are kept, for they do no harm.
      const counts = dialect === '3.1' || key === 'example' || NOTES.includes(key)
      if (key !== '$ref' && counts && !LEFT_OUT.has(key)) convertKeyword(draft, key, source[key], place)
    }
    return draft
  }

  const convertGroup = (source: Group, place: Place): Draft => {
    if (typeof source.$ref === 'string') return convertReference(source.$ref, source, place)
    const draft: Draft = {}
    for (const key of Object.keys(source))
      if (!LEFT_OUT.has(key)) convertKeyword(draft, key, source[key], place)
    if (source.type === 'file') draft.format = 'binary'
    settleBounds(draft, source)
    return draft
  }

  const convert = (place: Place): JsonSchema => {
    const { value } = place
    if (typeof value === 'boolean') return value
    if (!isGroup(value)) {
      complain(place, 'is no schema')
      return { [UNREAD]: true }
    }
    const draft = convertGroup(value, place)
    for (const key of Object.keys(draft)) if (draft[key] === undefined) delete draft[key]
    return value.nullable === true || value['x-nullable'] === true ? makeNullable(draft) : draft
  }

  return { convert, define, definitions }
}
