import { DataSource } from 'typeorm'
import { Doctor } from './doctor.entity'

export const database = {
  provide: DataSource,
  useFactory: () =>
    new DataSource({
      type: 'postgres',
      url: process.env.DATABASE_URL,
      entities: [Doctor],
      extra: { connectionTimeoutMillis: 10_000, query_timeout: 8000 },
      poolErrorHandler: (error: Error) => console.error('idle connection lost:', error.message),
    }).initialize(),
}
