import { dirname } from 'node:path'
import { planBox } from '../../instruments/sandbox/box-mounts.ts'
import { openBox } from '../../instruments/sandbox/open-box.ts'
import type { StoreNeed } from '../define.ts'
import type { Binaries } from './instance.ts'
import type { Owner } from './owner.ts'

type Held = { need: StoreNeed; close(): void }

/**
 * The app is a superuser of its server, and so may read every file and run every program that the server's process may
 * (`COPY … TO PROGRAM`). Where that process is ours, it sees the lab's files only; root lends it to somebody who may do
 * nothing. Where nothing can hold it, it serves as it is: the lab says so of the app.
 */
export const hold = async (need: StoreNeed, { postgres }: Binaries, owner: Owner): Promise<Held> => {
  const open = { need, close: () => {} }
  if (need.sandbox !== true || owner !== null) return open
  const { scratchDir } = need.supervisor
  const mounts = planBox({ read: [dirname(dirname(postgres))], hidden: [], scratchDir })
  const box = await openBox({ supervisor: need.supervisor, mounts }).catch(() => null)
  return box === null ? open : { need: { ...need, supervisor: box.supervisor }, close: box.close }
}
