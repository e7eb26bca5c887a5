import type { OwnServer, Setting } from '../define.ts'
import { openDatabases } from './databases.ts'
import type { OwnInstance } from './instance.ts'

const PROMISES = `SELECT name, setting AS value, source FROM pg_catalog.pg_settings
  WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')
  UNION ALL SELECT 'unlogged table', c.oid::regclass::text, 'schema' FROM pg_catalog.pg_class c
  WHERE c.relkind = 'r' AND c.relpersistence = 'u' ORDER BY name, value`

const isSetting = (row: Record<string, unknown>): row is Setting =>
  typeof row.name === 'string' && typeof row.value === 'string' && typeof row.source === 'string'

/** One copy of the sealed template, in a server that may be killed. */
export const openOwnServer = async (instance: OwnInstance, sealedTemplate: string): Promise<OwnServer> => {
  const databases = openDatabases(instance.endpoint, 'plimsoll_own', sealedTemplate)
  let stopped: Promise<void> | null = null
  const end = async () => {
    await databases.close()
    await instance.stop()
  }
  const stop = () => {
    stopped ??= end()
    return stopped
  }
  try {
    const database = await databases.copy()
    return {
      database,
      get pid() {
        return instance.pid
      },
      promises: async () => (await database.query(PROMISES)).rows.filter(isSetting),
      lag: instance.lag,
      kill: instance.kill,
      start: instance.start,
      stop,
    }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}
