import type { ApiContent } from '../api.ts'
import { diffSchemas, type Found } from './diff-schemas.ts'
import type { Space } from './space.ts'

export const bareType = (mediaType: string) => mediaType.replace(/;.*$/, '').trim().toLowerCase()

const covers = (range: string, type: string): boolean => {
  const [kind, sub] = bareType(range).split('/')
  const [ownKind, ownSub] = bareType(type).split('/')
  return (kind === '*' || kind === ownKind) && (sub === '*' || sub === ownSub)
}

const matching = (contents: readonly ApiContent[], type: string): ApiContent | undefined =>
  contents.find(({ mediaType }) => bareType(mediaType) === bareType(type)) ??
  contents.find(({ mediaType }) => covers(mediaType, type))

/** Media types that are not there any more. Without a single one a document says nothing of the body. */
export const goneTypes = (before: readonly ApiContent[], after: readonly ApiContent[]): string[] =>
  after.length === 0
    ? []
    : before
        .map(({ mediaType }) => bareType(mediaType))
        .filter((type) => !type.includes('*') && matching(after, type) === undefined)

const isJson = (type: string) => /[/+]json$|^\*\/\*$|form/.test(bareType(type))

/** What breaks in the schemas of the media types that both have. */
export const diffContents = (
  space: Space,
  before: readonly ApiContent[],
  after: readonly ApiContent[],
): Found[] => {
  const types = before.map(({ mediaType }) => mediaType).filter(isJson)
  const whole = space.direction === 'request' ? 'the body' : 'the answer'
  const found = new Map<string, Found>()
  for (const type of types) {
    const [old, fresh] = [matching(before, type)?.schema, matching(after, type)?.schema]
    if (old === undefined || old === null || fresh === undefined || fresh === null) continue
    for (const one of diffSchemas(space, { before: old, after: fresh, whole })) {
      const key = `${one.rule} ${one.what}`
      if (found.get(key)?.witness == null) found.set(key, one)
    }
  }
  return [...found.values()]
}
