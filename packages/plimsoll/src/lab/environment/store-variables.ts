import type { EnvRead, Service } from '../../model/system.ts'
import { storeKey } from './store-key.ts'

/** How variables call a store, besides its own name. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  mongodb: ['mongo'],
  mysql: ['mariadb'],
  'sql-server': ['mssql', 'sqlserver'],
  rabbitmq: ['amqp', 'rabbit'],
  elasticsearch: ['elastic'],
  redis: ['valkey'],
}

/** Stores that a bare `DB_HOST` or `DATABASE_URL` may mean. */
const DATABASES = ['postgres', 'mysql', 'mongodb', 'sql-server', 'sqlite']

export type Part = 'url' | 'host' | 'port' | 'user' | 'password' | 'database'

const PARTS: readonly [RegExp, Part][] = [
  [/(?:URL|URI|DSN|CONNECTION)/i, 'url'],
  [/HOST|SERVER|ADDR/i, 'host'],
  [/PORT$/i, 'port'],
  [/USER/i, 'user'],
  [/PASS/i, 'password'],
  [/(?:NAME|DATABASE|DB)$/i, 'database'],
]

/** Variables through which the app finds a store that has no member here, and which part each one gives. */
export const storeVariables = ({ env, stores }: Service, key: string): { name: string; part: Part }[] => {
  const words = [key, ...(ALIASES[key] ?? [])]
  const others = stores.map(storeKey).filter((store) => store !== key)
  const alone = DATABASES.includes(key) && !others.some((store) => DATABASES.includes(store))
  const partOf = ({ name, default: fallback, example }: EnvRead): Part | null => {
    const leads = [fallback, example].some((value) => words.some((word) => value?.startsWith(word) === true))
    if (leads && [fallback, example].some((value) => value?.includes('://') === true)) return 'url'
    const named = words.some((word) => name.toLowerCase().includes(word))
    if (!named && !(alone && /^(?:DB|DATABASE)_/i.test(name))) return null
    return PARTS.find(([pattern]) => pattern.test(name))?.[1] ?? null
  }
  return env.flatMap((read) => {
    const part = partOf(read)
    return part === null ? [] : [{ name: read.name, part }]
  })
}
