import { findAddresses } from './addresses.ts'
import { findAssignments } from './assignments.ts'
import { type Leak, SIGNING_SECRET } from './leak.ts'
import { type Place, placeOf } from './places.ts'
import { isReal, PRIVATE_KEY, PROVIDERS } from './providers.ts'
import { findPythonSecrets } from './python-secrets.ts'
import { excerptOf, redactSecret } from './redact-secret.ts'

/** `index` is where the secret starts in the text. */
type Hit = Pick<Leak, 'kind' | 'name' | 'severity' | 'certain'> & { index: number; secret: string }

const byProviders = (text: string, place: Place): Hit[] =>
  [...PROVIDERS, PRIVATE_KEY].flatMap((provider) =>
    [...text.matchAll(provider.pattern)].flatMap((match) => {
      const secret = match[1] ?? ''
      if (!isReal(provider, secret)) return []
      const { id: kind, name, severity } = provider
      const certain = place !== 'sample' && provider.weak !== true
      return [{ kind, name, severity, certain, secret, index: match.index + match[0].indexOf(secret) }]
    }),
  )

const byAddress = (text: string, place: Place): Hit[] =>
  findAddresses(text).map(({ index, password, host }) => ({
    kind: 'address-password',
    name: `Password for ${host}`,
    severity: 'critical' as const,
    certain: place === 'source',
    secret: password,
    index,
  }))

const byPython = (text: string): Hit[] =>
  findPythonSecrets(text).map(({ index, value, certain }) => ({
    kind: 'signing-secret',
    name: SIGNING_SECRET,
    severity: 'high' as const,
    certain,
    secret: value,
    index,
  }))

const byAssignment = (file: string, text: string): Hit[] =>
  findAssignments(file, text).map(({ index, key, value }) => ({
    kind: 'assignment',
    name: `Value of ${key}`,
    severity: 'medium' as const,
    certain: false,
    secret: value,
    index,
  }))

const overlap = (a: Hit, b: Hit) => a.index < b.index + b.secret.length && b.index < a.index + a.secret.length

/** The first of overlapping hits stays: the more exact form is searched first. */
const withoutOverlaps = (hits: readonly Hit[]) =>
  hits.filter((hit, at) => !hits.slice(0, at).some((earlier) => overlap(earlier, hit)))

const lineAt = (text: string, index: number) => {
  const start = text.lastIndexOf('\n', index - 1) + 1
  const end = text.indexOf('\n', index)
  return {
    start,
    line: text.slice(start, end < 0 ? undefined : end),
    number: text.slice(0, start).split('\n').length,
  }
}

/** The credentials in one file, redacted, in the order of their lines. */
export const scanFile = (file: string, text: string): Leak[] => {
  const place = placeOf(file)
  if (place === 'skip') return []
  const hits = withoutOverlaps([
    ...byProviders(text, place),
    ...(place === 'sample' ? [] : byAddress(text, place)),
    ...(place === 'source' && file.endsWith('.py') ? byPython(text) : []),
    ...(place === 'source' ? byAssignment(file, text) : []),
  ]).sort((a, b) => a.index - b.index)
  const secrets = hits.map((hit) => hit.secret)
  return hits.map(({ index, secret, ...hit }) => {
    const { start, line, number } = lineAt(text, index)
    const excerpt = excerptOf(line, index - start, secrets)
    return { ...hit, place: { file, line: number }, redacted: redactSecret(secret), excerpt }
  })
}
