/** What a variable holds, as apps name it: the last words of the name. */
export const PARTS = {
  url: [
    'URL',
    'URI',
    'DSN',
    'CONNECTION STRING',
    'CONNECTIONSTRING',
    'CONN STRING',
    'CONN STR',
    'CONNSTR',
    'CONNECTION URL',
    'CONNECTION URI',
    'JDBC URL',
  ],
  host: [
    'HOST',
    'HOSTNAME',
    'HOST NAME',
    'SERVER',
    'SERVER NAME',
    'SERVER HOST',
    'ADDR',
    'ADDRESS',
    'ENDPOINT',
  ],
  port: ['PORT', 'PORT NUMBER', 'HOST PORT', 'SERVER PORT'],
  user: ['USER', 'USERNAME', 'USER NAME', 'ROLE', 'LOGIN'],
  password: ['PASS', 'PASSWORD', 'PASSWD', 'PWD', 'PW', 'PSWD', 'USER PASSWORD', 'USER PASS'],
  database: ['NAME', 'DATABASE', 'DB'],
  ssl: [
    'SSL',
    'TLS',
    'SSLMODE',
    'SSL MODE',
    'USE SSL',
    'SSL ENABLED',
    'ENABLE SSL',
    'REQUIRE SSL',
    'SSL REQUIRED',
    'USE TLS',
  ],
  dialect: ['TYPE', 'DIALECT', 'CLIENT', 'ENGINE', 'DRIVER', 'CONNECTION', 'PROVIDER', 'ADAPTER'],
} as const

export type Part = keyof typeof PARTS

/** Words before the part that make it a SQL store's: one of them must stand there. */
export const STORE_WORDS = new Set([
  ...['DB', 'DATABASE', 'PG', 'POSTGRES', 'POSTGRESQL', 'PSQL', 'PGSQL', 'SQL', 'RDS', 'TIMESCALE'],
  ...['TYPEORM', 'SEQUELIZE', 'KNEX', 'PRISMA', 'DRIZZLE', 'SQLALCHEMY', 'JDBC', 'DATASOURCE'],
])

/** Words that say which of several, not what; they may stand after the part, or between store and part. */
export const QUALIFIERS = new Set([
  ...[
    'READ',
    'WRITE',
    'READER',
    'WRITER',
    'REPLICA',
    'PRIMARY',
    'MASTER',
    'SLAVE',
    'RO',
    'RW',
    'MAIN',
    'DEFAULT',
  ],
  ...[
    'TEST',
    'TESTING',
    'DEV',
    'DEVELOPMENT',
    'PROD',
    'PRODUCTION',
    'STAGING',
    'LOCAL',
    'DOCKER',
    'INTERNAL',
  ],
  ...[
    'NON',
    'POOL',
    'POOLER',
    'POOLED',
    'POOLING',
    'UNPOOLED',
    'DIRECT',
    'ADDON',
    'CONNECTION',
    'CONN',
    'SECRET',
  ],
])

/** May stand between store and part when the part is a user or a password. */
export const PEOPLE = new Set(['ROOT', 'ADMIN', 'SUPER', 'SUPERUSER', 'OWNER', 'APP', 'SERVICE'])

/** A name with one of these is another dependency's, whatever else it says. */
export const FOREIGN_WORDS = new Set([
  ...['MYSQL', 'MARIADB', 'MARIA', 'MSSQL', 'SQLSERVER', 'ORACLE', 'SQLITE', 'LIBSQL', 'TURSO'],
  ...[
    'MONGO',
    'MONGODB',
    'MONGOOSE',
    'REDIS',
    'VALKEY',
    'KEYV',
    'MEMCACHED',
    'ELASTIC',
    'ELASTICSEARCH',
    'OPENSEARCH',
  ],
  ...[
    'NEO4J',
    'INFLUX',
    'INFLUXDB',
    'DYNAMO',
    'DYNAMODB',
    'COUCH',
    'COUCHDB',
    'CASSANDRA',
    'SCYLLA',
    'CLICKHOUSE',
  ],
  ...[
    'SMTP',
    'MAIL',
    'EMAIL',
    'AMQP',
    'RABBIT',
    'RABBITMQ',
    'KAFKA',
    'NATS',
    'S3',
    'LDAP',
    'FTP',
    'SFTP',
    'SHADOW',
  ],
])

/** Ports that other stores listen on by default: a group with one of them is not ours. */
export const FOREIGN_PORTS = new Set([
  ...['3306', '33060', '1433', '1521', '27017', '6379', '9042', '9200', '8123', '7687', '5672', '9092'],
])

/** Whole names that say it without a store's name. */
export const BARE_URLS = new Set([
  'DIRECT URL',
  'CONNECTION STRING',
  'CONNECTION URL',
  'CONNECTION URI',
  'CONN STR',
])

/** A bean or a pool, not a database. */
export const NOT_A_PART = ['DATASOURCE NAME', 'DATA SOURCE NAME', 'POOL NAME', 'CONNECTION NAME']
