import { createHmac } from 'node:crypto'
import { isSecret } from '../../base/text/secret-names.ts'
import type { EnvRead } from '../../model/system.ts'
import { madeUpSecret, needsMadeUp } from '../environment/made-up.ts'
import type { SigningKey } from '../lab.ts'
import type { SpeakSources } from './speak.ts'

const TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]+/
const HASHES: Readonly<Record<string, string>> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' }
const ABOUT = /secret|jwt|sign|token|key/i
/** The password of a store may be the same text by chance. */
const OF_A_STORE = /PASS|DATABASE|(?:^|_)(?:DB|PG|POSTGRES|MYSQL|MONGO|REDIS)(?:_|$)/i
const LITERAL = /["'`]([^"'`\n]{2,128})["'`]/g
const SOURCE = /\.(?:[cm]?[jt]s|py)$/
const OTHER = /(?:^|\/)(?:tests?|__tests__|spec|e2e|node_modules|dist)\/|\.(?:test|spec)\./
const MOST_FILES = 2_000
const SECRET_SEED = 1

const hashOf = (token: string): string | undefined => {
  try {
    const { alg } = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8'))
    return HASHES[String(alg)]
  } catch {
    return undefined
  }
}

const fromVariable = (read: EnvRead, given: Readonly<Record<string, string>>): SigningKey[] => {
  const { name, example, default: fallback } = read
  const set = given[name] ?? (needsMadeUp(read) ? madeUpSecret(SECRET_SEED, name) : null)
  const texts = [set, example].filter((text) => text !== null)
  return [
    ...texts.map((secret): SigningKey => ({ secret, from: 'environment', where: name })),
    ...(fallback === null ? [] : [{ secret: fallback, from: 'fallback' as const, where: name }]),
  ]
}

const fromSource = ({ project, service }: SpeakSources): SigningKey[] =>
  project
    .under(service.dir)
    .filter((file) => SOURCE.test(file) && !OTHER.test(file))
    .slice(0, MOST_FILES)
    .flatMap((file) =>
      (project.text(file) ?? '')
        .split('\n')
        .flatMap((line, index) =>
          ABOUT.test(line)
            ? [...line.matchAll(LITERAL)].map(
                ([, secret = '']): SigningKey => ({ secret, from: 'source', where: `${file}:${index + 1}` }),
              )
            : [],
        ),
    )

/** The secret among those of the variables and the source that signed the token of a session; null where none did. */
export const findSigningKey = (
  headers: Readonly<Record<string, string>>,
  sources: SpeakSources,
): SigningKey | null => {
  const token = TOKEN.exec(Object.values(headers).join(' '))?.[0]
  const hash = token === undefined ? undefined : hashOf(token)
  if (token === undefined || hash === undefined) return null
  const [head, payload, signature] = token.split('.')
  const signs = ({ secret }: SigningKey) =>
    secret !== '' && createHmac(hash, secret).update(`${head}.${payload}`).digest('base64url') === signature
  const given = sources.config.env ?? {}
  const variables = sources.service.env.filter(({ name }) => isSecret(name) && !OF_A_STORE.test(name))
  return (
    variables.flatMap((read) => fromVariable(read, given)).find(signs) ??
    fromSource(sources).find(signs) ??
    null
  )
}
