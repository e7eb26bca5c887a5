import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Supervisor } from '../../packages/plimsoll/src/instruments/process/process.ts'

/** The shell's own clock, because it counts a child's processor time in milliseconds and `/proc` in hundredths. */
const SCRIPT = `TIMEFORMAT='cpu %3U %3S'; time "\${@:2}" > "$1"`

export type Timed = { output: string; cpuMs: number }

/** Runs a program to its end. Throws when it fails or does not end in time. */
export const runTimed = async (
  supervisor: Supervisor,
  file: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<Timed> => {
  const out = join(supervisor.scratchDir, `${process.hrtime.bigint()}.txt`)
  const { exit, logs } = await supervisor.run({
    command: { file: 'bash', args: ['-c', SCRIPT, 'bench', out, file, ...args] },
    cwd: supervisor.scratchDir,
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
    timeoutMs,
  })
  const said = logs.map((line) => line.text).join('\n')
  const cpu = /^cpu (\S+) (\S+)/m.exec(said)
  if (exit?.code !== 0 || cpu === null) throw new Error(`${file} ${args.join(' ')} failed: ${said}`)
  return { output: await readFile(out, 'utf8'), cpuMs: 1000 * (Number(cpu[1]) + Number(cpu[2])) }
}

/** What a program says of its version, whatever it ends with; null where it is not there. */
export const versionOf = async (
  supervisor: Supervisor,
  file: string,
  args: readonly string[],
): Promise<string | null> => {
  const { logs } = await supervisor.run({
    command: { file: 'bash', args: ['-c', 'command -v "$1" && "$@"', 'bench', file, ...args] },
    cwd: supervisor.scratchDir,
    env: { PATH: process.env.PATH ?? '' },
    timeoutMs: 20_000,
  })
  return logs.length === 0 ? null : logs.map((line) => line.text).join('\n')
}
