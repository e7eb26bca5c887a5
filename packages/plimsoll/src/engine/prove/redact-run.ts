import { redact } from '../../base/text/redact.ts'
import { ProbeRecord, Run } from '../../model/run.ts'

/** Where a staged copy or an installed package lies on this machine says nothing about the backend. */
const PLACES: readonly (readonly [RegExp, string])[] = [
  [/(?:file:\/\/)?(?:\/[\w.@+-]+)*\/plimsoll-[\w-]+\/stage-\d+\//g, ''],
  [/(?:file:\/\/)?(?:\/[\w.@+-]+)+\/node_modules\//g, 'node_modules/'],
]

const withoutPlaces = (text: string, root: string) =>
  PLACES.reduce((clean, [pattern, keep]) => clean.replace(pattern, keep), text).replaceAll(root, '.')

const MASK = '(redacted)'
const afterScheme = (value: string) =>
  value.replace(/^(\w+ )?.+$/s, (_, scheme: string | undefined) => `${scheme ?? ''}${MASK}`)

/** Headers that carry a credential, and what of them may stay: a scheme, the name and the flags of a cookie. */
const CREDENTIALS = new Map<string, (value: string) => string>([
  ['authorization', afterScheme],
  ['proxy-authorization', afterScheme],
  ['x-api-key', () => MASK],
  ['x-auth-token', () => MASK],
  ['cookie', (value) => value.replace(/=[^;]*/g, `=${MASK}`)],
  ['set-cookie', (value) => value.replace(/^([^=;\n]+)=[^;\n]*/gm, `$1=${MASK}`)],
])

/** What must not be seen: the folder on this machine, and values known to be secret. */
export type Private = { root: string; secrets: readonly string[] }

const withoutSecrets = (text: string, secrets: readonly string[]) =>
  secrets.reduce((clear, secret) => clear.replaceAll(secret, MASK), text)

/** Any JSON value without secrets and without paths of this machine. */
const clean = (value: unknown, hidden: Private): unknown => {
  if (typeof value === 'string')
    return redact(withoutPlaces(withoutSecrets(value, hidden.secrets), hidden.root))
  if (Array.isArray(value)) return value.map((item) => clean(item, hidden))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const mask = typeof inner === 'string' ? CREDENTIALS.get(key.toLowerCase()) : undefined
      return [key, mask !== undefined && typeof inner === 'string' ? mask(inner) : clean(inner, hidden)]
    }),
  )
}

/** No secret and no path of this machine leaves in an artifact. */
export const redactRun = (run: Run, hidden: Private): Run =>
  // The target is what the user typed, and what a replay starts from.
  Run.parse({ ...Run.parse(clean(run, hidden)), target: run.target })

/** The same for what is saved while the proof still runs. */
export const redactRecord = (record: ProbeRecord, hidden: Private): ProbeRecord =>
  ProbeRecord.parse(clean(record, hidden))
