import { type Fault, fault } from '../../base/errors/fault.ts'
import type { StoreNeed, StoreServer } from '../define.ts'
import { newLabId, openDatabases, templateOf } from './databases.ts'
import { findPostmaster } from './find-postmaster.ts'
import { openGiven } from './given.ts'
import { installHint } from './install-hint.ts'
import type { Instance, Source } from './instance.ts'
import { openOwnServer } from './own-server.ts'
import { container } from './sources/container.ts'
import { embedded } from './sources/embedded.ts'
import { installed } from './sources/installed.ts'
import { dropStale, markAlive } from './stale.ts'

/** In the order in which they are tried, when no URL is given. */
export const SOURCES: readonly Source[] = [installed, embedded, container]

const unavailable = (reasons: readonly string[]): Fault =>
  fault('E_STORE_UNAVAILABLE', {
    store: 'PostgreSQL',
    reason: reasons.join('; '),
    install: installHint(),
  })

const startFirst = async (need: StoreNeed, sources: readonly Source[]): Promise<Instance> => {
  const reasons: string[] = []
  for (const source of sources) {
    need.signal.throwIfAborted()
    const offer = await source.look()
    if (!offer.found) {
      reasons.push(offer.reason)
      continue
    }
    try {
      return await offer.start(need)
    } catch (error) {
      need.signal.throwIfAborted()
      reasons.push(`${offer.label}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  throw unavailable(reasons)
}

const borrow = async (url: string, labId: string): Promise<Instance> => {
  const { client, endpoint, version } = await openGiven(url)
  try {
    await markAlive(client, labId)
    await dropStale(client)
    const pid = await findPostmaster(client)
    return { version, label: 'given', endpoint, ...(pid && { pid }), stop: () => client.end() }
  } catch (error) {
    await client.end()
    throw error
  }
}

/** A running server with the lab's own databases in it; `sources` are only tried when no URL is given. */
export const startPostgres = async (
  need: StoreNeed,
  sources: readonly Source[] = SOURCES,
): Promise<StoreServer> => {
  const labId = newLabId()
  const given = need.url !== null
  const instance = need.url === null ? await startFirst(need, sources) : await borrow(need.url, labId)
  const prefix = given ? `plimsoll_${labId}` : 'plimsoll'
  const databases = openDatabases(instance.endpoint, prefix)
  const { fork, pid } = instance
  let stopped: Promise<void> | null = null
  const stop = async () => {
    try {
      if (given) await databases.dropAll()
      else await databases.close()
    } finally {
      await instance.stop()
    }
  }
  return {
    version: instance.version,
    how: `PostgreSQL ${instance.version}, ${instance.label}`,
    endpoint: instance.endpoint,
    ...(pid !== undefined && { pid }),
    template: databases.template,
    seal: databases.seal,
    copy: databases.copy,
    ...(given ? {} : { lend: databases.lend }),
    ...(fork && {
      fork: async () => {
        await databases.seal()
        return openOwnServer(await fork(), templateOf(prefix))
      },
    }),
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}

/** What a start would use, without starting it. */
export const probePostgres = async (sources: readonly Source[] = SOURCES) => {
  const reasons: string[] = []
  for (const source of sources) {
    const offer = await source.look()
    if (offer.found) {
      const how = `PostgreSQL${offer.version ? ` ${offer.version}` : ''}, ${offer.label}`
      return { available: true, how, install: '' }
    }
    reasons.push(offer.reason)
  }
  return { available: false, how: reasons.join('; '), install: installHint() }
}
