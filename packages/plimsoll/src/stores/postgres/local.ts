import { randomBytes } from 'node:crypto'
import { fault } from '../../base/errors/fault.ts'
import { freePort } from '../../instruments/port/free-port.ts'
import type { Endpoint, StoreNeed } from '../define.ts'
import { BOOTSTRAP_USER, makeCluster } from './cluster.ts'
import { connect } from './connect.ts'
import { fork } from './fork.ts'
import { hold } from './hold.ts'
import type { Binaries, Instance } from './instance.ts'
import { chooseOwner } from './owner.ts'
import { end, serveOnFreePort } from './serve.ts'

/** The app's role may do anything, as the one of a development container may; nobody else knows a password. */
const lend = async (bootstrap: Endpoint): Promise<Endpoint> => {
  const password = randomBytes(18).toString('hex')
  const client = await connect(bootstrap)
  try {
    await client.query(
      `CREATE ROLE plimsoll SUPERUSER CREATEDB CREATEROLE LOGIN PASSWORD '${password}';
       ALTER ROLE ${BOOTSTRAP_USER} PASSWORD '${randomBytes(18).toString('hex')}'`,
    )
  } finally {
    await client.end()
  }
  return { ...bootstrap, user: 'plimsoll', password }
}

/**
 * Makes a cluster in the scratch folder and serves it on an ephemeral port of 127.0.0.1. A cached cluster that
 * does not start is made anew once. Throws E_STORE_UNAVAILABLE with what the server said.
 */
export const startLocal = async (
  need: StoreNeed,
  binaries: Binaries,
  choosePort: () => Promise<number> = freePort,
): Promise<Instance> => {
  const owner = await chooseOwner()
  const held = await hold(need, binaries, owner)
  let reason = ''
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const { dataDir, password, forget } = await makeCluster(need.supervisor, binaries, owner)
    const served = { need: held.need, binaries, owner, dataDir, login: { user: BOOTSTRAP_USER, password } }
    const started = await serveOnFreePort(served, choosePort)
    if ('process' in started) {
      const endpoint = await lend(started.endpoint)
      return {
        version: binaries.version,
        label: binaries.label,
        endpoint,
        pid: started.process.pid,
        fork: () =>
          fork({ ...served, login: { user: endpoint.user, password: endpoint.password } }, endpoint),
        stop: () => end(started.process).finally(held.close),
      }
    }
    reason = started.reason
    if (started.portTaken) break
    await forget()
  }
  held.close()
  throw fault('E_STORE_UNAVAILABLE', {
    store: 'PostgreSQL',
    reason,
    install: 'Name another server with "stores.postgres.url", or install another PostgreSQL.',
  })
}
