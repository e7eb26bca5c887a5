import type { Api, ApiOperation } from '../api.ts'
import type { PartFound } from './diff-parameters.ts'
import { requestWithout } from './sample-request.ts'
import type { Space } from './space.ts'

type Sides = { before: ApiOperation; after: ApiOperation; apis: { before: Api; after: Api }; request: Space }

/** A scheme is what it does, not what it is called. */
const schemeOf = ({ schemes }: Api, name: string): string => {
  const { type, scheme, in: where, name: parameter } = schemes?.[name] ?? {}
  return type === undefined ? name : [type, scheme, where, parameter].filter(Boolean).join(' ').toLowerCase()
}

type Alternatives = string[][]

const alternativesOf = (operation: ApiOperation, api: Api): Alternatives => {
  const { security } = operation
  if (security === null || security.length === 0) return [[]]
  return security.map((names) => names.map((name) => schemeOf(api, name)))
}

const isEnough = (had: readonly string[], wanted: Alternatives) =>
  wanted.some((alternative) => alternative.every((scheme) => had.includes(scheme)))

const shown = (alternative: readonly string[]) =>
  alternative.length === 0 ? 'no credentials' : alternative.join(' and ')

/** Ways in that were enough, and are no longer. */
export const diffSecurity = ({ before, after, apis, request }: Sides): PartFound[] => {
  const wanted = alternativesOf(after, apis.after)
  const refused = alternativesOf(before, apis.before).find((had) => !isEnough(had, wanted))
  if (refused === undefined) return []
  // Where the older document never speaks of security, it may just not have been written down.
  const spoken = apis.before.operations.some(({ security }) => security !== null)
  const surely = before.security !== null || spoken
  const ways = wanted.map(shown).join(', or ')
  return [
    {
      rule: 'security-added',
      at: '',
      part: '',
      what: `${shown(refused)} was enough, and it wants ${ways} now`,
      severity: surely ? 'high' : 'low',
      witness: surely
        ? {
            as: 'request',
            value: { ...requestWithout(before, null, request), credentials: shown(refused) },
            refusal: `it wants ${ways}`,
          }
        : null,
    },
  ]
}
