import { readFile } from 'node:fs/promises'
import { fault } from '../../base/errors/fault.ts'

/** The user that a server runs as; null: as ourselves. */
export type Owner = { uid: number; gid: number } | null

const CANDIDATES = ['postgres', 'nobody']

/** Line of /etc/passwd: name:password:uid:gid:… */
export const findOwner = (passwd: string): Owner => {
  const rows = passwd.split('\n').map((line) => line.split(':'))
  for (const name of CANDIDATES) {
    const row = rows.find(([user]) => user === name)
    const uid = Number(row?.[2])
    const gid = Number(row?.[3])
    if (row && Number.isInteger(uid) && uid > 0 && Number.isInteger(gid)) return { uid, gid }
  }
  return null
}

/** PostgreSQL refuses to run as root, so root lends the server to a user that may do nothing else. */
export const chooseOwner = async (): Promise<Owner> => {
  if (process.getuid?.() !== 0) return null
  const owner = findOwner(await readFile('/etc/passwd', 'utf8').catch(() => ''))
  if (owner) return owner
  throw fault('E_STORE_UNAVAILABLE', {
    store: 'PostgreSQL',
    reason: 'it refuses to run as root, and there is no user "postgres" or "nobody" to lend it to',
    install: 'Run plimsoll as an ordinary user, or add one: useradd --system postgres',
  })
}
