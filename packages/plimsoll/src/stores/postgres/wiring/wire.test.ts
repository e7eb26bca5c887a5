import { describe, expect, test } from 'vitest'
import type { EnvRead } from '../../../model/system.ts'
import { readName } from './read-name.ts'
import { renderAddress } from './render.ts'
import { wirePostgres } from './wire.ts'

const to = { host: '127.0.0.1', port: 40001, user: 'plimsoll', password: 'k3y', database: 'plimsoll_1' }
const URL_TO_US = 'postgresql://plimsoll:k3y@127.0.0.1:40001/plimsoll_1?sslmode=disable'

/** `NAME=example`, or `NAME` for one that is read and given nowhere. */
const reads = (...lines: string[]): EnvRead[] =>
  lines.map((line) => {
    const [name = '', ...rest] = line.split('=')
    return { name, default: null, example: rest.length > 0 ? rest.join('=') : null, place: null }
  })

const wire = (...lines: string[]) => {
  const { env, by, gap } = wirePostgres(to, reads(...lines))
  const chosen = Object.fromEntries(by.map((name) => [name, env[name]]))
  return { env, chosen, gap }
}

describe('what a name says', () => {
  test.each([
    ['DATABASE_URL', 'url'],
    ['POSTGRES_PRISMA_URL', 'url'],
    ['POSTGRES_URL_NON_POOLING', 'url'],
    ['SQLALCHEMY_DATABASE_URI', 'url'],
    ['DB_CONNECTION_STRING', 'url'],
    ['PG_URI', 'url'],
    ['DIRECT_URL', 'url'],
    ['SPRING_DATASOURCE_URL', 'url'],
    ['databaseUrl', 'url'],
    ['PGHOST', 'host'],
    ['DB_HOST', 'host'],
    ['DATABASE_HOST', 'host'],
    ['TYPEORM_HOST', 'host'],
    ['RDS_HOSTNAME', 'host'],
    ['DB_SERVER', 'host'],
    ['DB_HOST_NAME', 'host'],
    ['DB_READ_HOST', 'host'],
    ['TEST_DB_HOST', 'host'],
    ['dbHost', 'host'],
    ['POSTGRESQL_ADDON_HOST', 'host'],
    ['DB_PORT', 'port'],
    ['PGPORT', 'port'],
    ['DB_USER', 'user'],
    ['DATABASE_USERNAME', 'user'],
    ['DB_USER_NAME', 'user'],
    ['POSTGRES_USER', 'user'],
    ['DB_PASS', 'password'],
    ['DB_PWD', 'password'],
    ['POSTGRES_ADMIN_PASSWORD', 'password'],
    ['PGPASSWORD', 'password'],
    ['DB_NAME', 'database'],
    ['DBNAME', 'database'],
    ['POSTGRES_DB', 'database'],
    ['DB_DATABASE', 'database'],
    ['TYPEORM_DATABASE', 'database'],
    ['SQL_DATABASE', 'database'],
    ['DATABASE_NAME', 'database'],
    ['PGSSLMODE', 'ssl'],
    ['DATABASE_SSL', 'ssl'],
    ['DB_USE_SSL', 'ssl'],
    ['DB_DIALECT', 'dialect'],
    ['TYPEORM_CONNECTION', 'dialect'],
  ])('%s holds the %s', (name, part) => {
    expect(readName(name)?.part).toBe(part)
  })

  test.each([
    ...['HOST', 'PORT', 'USER', 'PASSWORD', 'NAME', 'URL', 'SERVER_PORT', 'APP_NAME', 'BASE_URL', 'API_URL'],
    ...['REDIS_HOST', 'REDIS_DB', 'REDIS_URL', 'MONGO_URL', 'MONGODB_URI', 'MONGO_DB_NAME', 'MYSQL_DATABASE'],
    ...['SMTP_HOST', 'SMTP_USER', 'MAIL_PASSWORD', 'ELASTICSEARCH_HOST', 'RABBITMQ_HOST', 'SQL_SERVER_HOST'],
    ...[
      'DB_POOL_MAX',
      'DB_SCHEMA',
      'DB_LOGGING',
      'DB_POOL_NAME',
      'PGADMIN_PORT',
      'POSTGRES_HOST_AUTH_METHOD',
    ],
    ...['DATABASE_API_URL', 'SHADOW_DATABASE_URL', 'DB_PASSWORD_FILE', 'DB_BACKUP_BUCKET_NAME', 'S3_DB_HOST'],
    ...[
      'SUPABASE_URL',
      'SPRING_DATASOURCE_NAME',
      'DATABASE_SSL_REJECT_UNAUTHORIZED',
      'DB_SEED_ADMIN_PASSWORD',
    ],
  ])('%s says nothing of PostgreSQL', (name) => {
    expect(readName(name)).toBeNull()
  })
})

describe('addresses keep the style of what they replace', () => {
  const there = '127.0.0.1:40001/plimsoll_1'
  test.each([
    [null, URL_TO_US],
    ['postgres://u:p@db:5432/app', `postgres://plimsoll:k3y@${there}?sslmode=disable`],
    [
      'postgresql://u:p@db/app?schema=public&sslmode=require',
      `postgresql://plimsoll:k3y@${there}?schema=public&sslmode=disable`,
    ],
    [
      'postgresql://u:p@ep-x.neon.tech/app?sslmode=require&channel_binding=require&connection_limit=5',
      `postgresql://plimsoll:k3y@${there}?connection_limit=5&sslmode=disable`,
    ],
    ['postgres://u@/app?host=/cloudsql/x', `postgres://plimsoll:k3y@${there}?sslmode=disable`],
    ['postgresql+psycopg2://u:p@db/app', `postgresql+psycopg2://plimsoll:k3y@${there}?sslmode=disable`],
    ['postgresql+asyncpg://u:p@db/app', `postgresql+asyncpg://plimsoll:k3y@${there}?ssl=disable`],
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a .env file's own placeholder
      'postgresql://${DB_USER}:${DB_PASS}@${DB_HOST}:5432/${DB_NAME}?schema=app',
      `postgresql://plimsoll:k3y@${there}?schema=app&sslmode=disable`,
    ],
    [
      'jdbc:postgresql://db:5432/app?currentSchema=x',
      `jdbc:postgresql://${there}?user=plimsoll&password=k3y&currentSchema=x&sslmode=disable`,
    ],
    [
      "host=localhost user=gorm password='a b' dbname=gorm port=9920 sslmode=require TimeZone=Asia/Shanghai",
      'host=127.0.0.1 port=40001 user=plimsoll password=k3y dbname=plimsoll_1 sslmode=disable TimeZone=Asia/Shanghai',
    ],
    [
      'Host=db;Port=5432;Database=app;Username=u;Password=p;Maximum Pool Size=9',
      'Host=127.0.0.1;Port=40001;Database=plimsoll_1;Username=plimsoll;Password=k3y;SSL Mode=Disable;Maximum Pool Size=9',
    ],
  ])('%s', (value, expected) => {
    expect(renderAddress(value, to)).toBe(expected)
  })
})

describe('whole environments', () => {
  test('Prisma', () => {
    const { chosen, gap } = wire(
      'PORT=3000',
      'DATABASE_URL=postgresql://a:b@localhost:5432/x?schema=public',
      'DIRECT_URL',
    )
    expect(chosen.DATABASE_URL).toContain('@127.0.0.1:40001/plimsoll_1?schema=public&sslmode=disable')
    expect(chosen.DIRECT_URL).toBe(URL_TO_US)
    expect(chosen).not.toHaveProperty('PORT')
    expect(gap).toBeNull()
  })

  test('parts beside a cache, a mailer and the app itself', () => {
    const { chosen, gap } = wire(
      ...[
        'HOST=0.0.0.0',
        'PORT=3000',
        'REDIS_HOST=cache',
        'REDIS_PORT=6379',
        'SMTP_HOST=mail',
        'SMTP_USER=me',
      ],
      ...[
        'DB_HOST=postgres',
        'DB_PORT=5432',
        'DB_USERNAME=app',
        'DB_PASSWORD=s',
        'DB_DATABASE=app',
        'DB_SSL=true',
      ],
    )
    expect(chosen).toEqual({
      DB_HOST: '127.0.0.1',
      DB_PORT: '40001',
      DB_USERNAME: 'plimsoll',
      DB_PASSWORD: 'k3y',
      DB_DATABASE: 'plimsoll_1',
      DB_SSL: 'false',
    })
    expect(gap).toBeNull()
  })

  test('Django on Docker', () => {
    const { chosen } = wire(
      ...['SQL_ENGINE=django.db.backends.postgresql', 'SQL_DATABASE=x', 'SQL_USER=u', 'SQL_PASSWORD=p'],
      ...['SQL_HOST=db', 'SQL_PORT=5432', 'DJANGO_ALLOWED_HOSTS=localhost'],
    )
    expect(Object.keys(chosen)).toEqual(['SQL_DATABASE', 'SQL_USER', 'SQL_PASSWORD', 'SQL_HOST', 'SQL_PORT'])
  })

  test('libpq names only: set, and named as what decided', () => {
    const { env, chosen, gap } = wire('PGHOST', 'PGUSER', 'PGPASSWORD', 'PGDATABASE', 'PGPORT', 'PGSSLMODE')
    expect(env).toMatchObject({ PGHOST: '127.0.0.1', PGPORT: '40001', PGSSLMODE: 'disable' })
    expect(chosen.PGDATABASE).toBe('plimsoll_1')
    expect(gap).toBeNull()
  })

  test('a URL under an unusual name is known by its value', () => {
    expect(wire('MAIN_STORAGE=postgres://u:p@h/d').chosen.MAIN_STORAGE).toContain('127.0.0.1:40001')
  })

  test('a group with the port of another store is that store', () => {
    const { chosen } = wire(
      ...[
        'DB_HOST=mysql',
        'DB_PORT=3306',
        'DB_NAME=legacy',
        'ANALYTICS_DB_HOST=pg',
        'ANALYTICS_DB_PORT=5432',
      ],
    )
    expect(Object.keys(chosen)).toEqual(['ANALYTICS_DB_HOST', 'ANALYTICS_DB_PORT'])
  })

  test('a group whose dialect is another store is that store', () => {
    expect(wire('DB_TYPE=mysql', 'DB_HOST=h', 'DB_NAME=n', 'PGURL=postgres://h/d').chosen).toEqual({
      PGURL: 'postgres://plimsoll:k3y@127.0.0.1:40001/plimsoll_1?sslmode=disable',
    })
  })

  test('a host that carries its port keeps doing so', () => {
    expect(wire('DB_ADDR=localhost:5432').chosen.DB_ADDR).toBe('127.0.0.1:40001')
  })

  test.each([
    ['DB_SSL=true', 'false'],
    ['DB_SSL=True', 'False'],
    ['DATABASE_SSL=1', '0'],
    ['DB_SSL_MODE=require', 'disable'],
    ['DB_SSL={"rejectUnauthorized":false}', 'false'],
    ['POSTGRES_SSLMODE', 'disable'],
  ])('%s is turned off as %s', (line, off) => {
    expect(Object.values(wire('DB_HOST', 'DB_PORT', line).chosen)).toContain(off)
  })

  test('a switch that nothing sets stays unset, for any text may mean yes', () => {
    expect(wire('DB_HOST', 'DB_PORT', 'DB_SSL').chosen).not.toHaveProperty('DB_SSL')
  })
})

describe('what the app may still reach past the proxy', () => {
  test('no variable at all: the conventional ones are set, and the gap is said', () => {
    const { env, chosen, gap } = wire('PORT=3000', 'JWT_SECRET')
    expect(env.DATABASE_URL).toBe(URL_TO_US)
    expect(chosen).toEqual({})
    expect(gap).toContain('no variable that names PostgreSQL')
  })

  test('a password but no host', () => {
    expect(wire('DB_PASSWORD=x').gap).toContain('DB_PASSWORD but no host')
  })

  test('a host but no port', () => {
    expect(wire('DB_HOST=localhost', 'DB_USER=x').gap).toContain('DB_HOST but no port')
  })

  test('a URL that names another kind of store is left alone, and said', () => {
    const { env, gap } = wire('DATABASE_URL=sqlite:///app.db')
    expect(env).not.toHaveProperty('DATABASE_URL')
    expect(gap).toContain('DATABASE_URL names another kind of store')
  })

  test('a dialect that says SQLite', () => {
    expect(wire('DB_CLIENT=sqlite', 'DB_HOST', 'DB_PORT').gap).toContain('DB_CLIENT is "sqlite"')
  })
})
