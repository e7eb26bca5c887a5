import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Supervisor } from '../../packages/plimsoll/src/instruments/process/process.ts'
import type { Endpoint } from '../../packages/plimsoll/src/stores/define.ts'
import { type Figures, percentile } from './figures.ts'

const TIMEOUT_MS = 120_000
const SCALE_ROWS = '1'

const start = async (supervisor: Supervisor, at: Endpoint, cwd: string, flags: readonly string[]) => {
  const args = [...flags, '-h', at.host, '-p', String(at.port), '-U', at.user, at.database]
  const env = { PATH: process.env.PATH ?? '', PGPASSWORD: at.password }
  const run = await supervisor.run({ command: { file: 'pgbench', args }, cwd, env, timeoutMs: TIMEOUT_MS })
  return { ok: run.exit?.code === 0, text: run.logs.map((line) => line.text).join('\n') }
}

/** Fills pgbench's own tables; false when it is not installed. */
export const preparePgbench = async (supervisor: Supervisor, at: Endpoint): Promise<boolean> =>
  (await start(supervisor, at, supervisor.scratchDir, ['-i', '-q', '-s', SCALE_ROWS])).ok

/** @param flags which script, and which protocol */
export const runPgbench = async (
  supervisor: Supervisor,
  at: Endpoint,
  connections: number,
  transactions: number,
  flags: readonly string[],
): Promise<Figures> => {
  const dir = await mkdtemp(join(supervisor.scratchDir, 'pgbench-'))
  const each = Math.max(1, Math.round(transactions / connections))
  const { ok, text } = await start(supervisor, at, dir, [
    ...['-n', '-l', '-c', String(connections), '-t', String(each)],
    ...flags,
  ])
  if (!ok) throw new Error(`pgbench failed: ${text}`)
  const logs = await Promise.all((await readdir(dir)).map((name) => readFile(join(dir, name), 'utf8')))
  await rm(dir, { recursive: true })
  const tookUs = logs
    .flatMap((log) => log.trimEnd().split('\n'))
    .map((line) => Number(line.split(' ')[2]))
    .sort((one, other) => one - other)
  return {
    perSecond: Number(/tps = ([\d.]+)/.exec(text)?.[1]),
    p50Us: percentile(tookUs, 0.5),
    p99Us: percentile(tookUs, 0.99),
  }
}
