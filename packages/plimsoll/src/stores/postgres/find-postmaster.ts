import type pg from 'pg'
import { listProcesses } from '../../instruments/process/list-processes.ts'

/**
 * Process id of the server that answers this connection: the parent of the backend that serves it. Absent where it runs
 * out of our sight, in a container for instance: there the number it tells means another process here, or none.
 */
export const findPostmaster = async (client: pg.Client): Promise<number | undefined> => {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const processes = listProcesses().filter(({ name }) => name.includes('postgres'))
  const backend = processes.find(({ pid }) => pid === rows[0]?.pid)
  return processes.find(({ pid }) => pid === backend?.ppid)?.pid
}
