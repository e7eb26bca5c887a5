const env = process.env

export const config = {
  databaseUrl: env.DATABASE_URL ?? 'postgres://booking:booking@localhost:5432/booking',
  port: Number(env.PORT ?? 3000),
  sessionSecret: env.SESSION_SECRET ?? 'change-me',
  logLevel: env.LOG_LEVEL ?? 'info',
}
