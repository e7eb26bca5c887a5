import type { ChangeKind } from '../../../model/change.ts'

/** Words of code that say what a change is about, whatever it is called. */
const SIGNS: readonly { kind: ChangeKind; lines: RegExp }[] = [
  {
    kind: 'start-up',
    lines:
      /\bnew\s+(?:\w+\.)?(?:Pool|Client|PrismaClient|Sequelize|DataSource|MongoClient|Redis)\b|\b(?:createPool|createConnection|createClient|create_engine|create_async_engine|knex|drizzle|postgres)\s*\(|\bmongoose\.connect\b|\bpool\.(?:on|end)\b|\.listen\s*\(|\bprocess\.(?:on|once|exit)\s*\(|\bSIG(?:TERM|INT)\b|\b(?:server|app|fastify)\.close\s*\(|\bapp\.run\s*\(|enableShutdownHooks|\b(?:connectionTimeoutMillis|idleTimeoutMillis|statement_timeout|query_timeout|pool_size|max_overflow|pool_pre_ping|keepAliveTimeout|headersTimeout|requestTimeout)\b/,
  },
  {
    kind: 'every-request',
    lines:
      /\.(?:use|addHook|setErrorHandler|setNotFoundHandler|errorhandler|before_request|after_request|teardown_request|register_error_handler|useGlobal\w+|onError)\s*\(|@\w+\.(?:errorhandler|before_request|after_request)\b|\.register\s*\(/,
  },
  {
    kind: 'identity',
    lines:
      /\b(?:jwt|jsonwebtoken|bcrypt|argon2|scrypt|passport|set_?cookie|clearCookie|verifyToken|refreshTokens?|hashPassword|check_password_hash)\b/i,
  },
]

const IDENTITY_FILE =
  /(?:^|\/)(?:auth|authentication|sessions?|login|passwords?|tokens?|jwt|identity|oauth)(?:\/|[.\w-]*\.\w+$)/i
const IDENTITY_PATH =
  /\/(?:login|logout|sign-?(?:in|out|up)|register|sessions?|tokens?|password|auth)(?:\/|$)/i

/** What lines of code are about, by the words in them. */
export const signsIn = (lines: readonly string[]): ChangeKind[] =>
  SIGNS.filter(({ lines: sign }) => lines.some((line) => sign.test(line))).map(({ kind }) => kind)

const GUARD =
  /\b(?:require|ensure|protect|guard|authenticate|authorize|authorise|permission|role|isAdmin|login_required)\w*/i

/** Whether lines speak of who may do what. */
export const speaksOfGuards = (lines: readonly string[]): boolean => lines.some((line) => GUARD.test(line))

/** Whether a file or one of the operations that run it is about who somebody is. */
export const isAboutIdentity = (file: string, operations: readonly string[]): boolean =>
  IDENTITY_FILE.test(file) || operations.some((operation) => IDENTITY_PATH.test(operation))
