import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import type { SpawnOptions, Supervised, Supervisor } from '../process/process.ts'
import { boxByBubblewrap } from './bubblewrap.ts'
import { findProgram, SYSTEM_PATH } from './find-program.ts'
import type { Mount } from './system-mounts.ts'
import { boxByUnshare } from './unshare.ts'

type By = 'bubblewrap' | 'unshare'

/** Files of its own for any number of programs, which are processes of the machine like any other. */
export type Box = {
  readonly by: By
  /** starts programs inside; process ids, signals and exit codes are the programs' own */
  readonly supervisor: Supervisor
  /** what runs inside goes on; nothing more can be started there */
  close(): void
}

type OpenBox = {
  supervisor: Supervisor
  /** in order, see `planBox` */
  mounts: readonly Mount[]
  /** for tests: only these, in this order */
  only?: readonly By[]
}

const START_MS = 15_000
/** Says who it is, and stays until it is ended. */
const WAIT = ['/bin/sh', '-c', 'echo "$$"; read -r _']
/** Everything after the folder takes the place of the shell, so that nothing stays between us and the program. */
const ENTER = 'cd -- "$1" || exit 127; shift; unset OLDPWD; exec "$@"'
const WITHOUT_RIGHTS = ['--bounding-set=-all', '--inh-caps=-all', '--ambient-caps=-all', '--no-new-privs']
/** Variables that would have a say in what enters the box, before it is there. */
const LOADED_BY = /^(?:LD_|GLIBC_|GCONV_|LOCPATH$|NLSPATH$)/

const commandFor = (by: By, { mounts, supervisor }: OpenBox) =>
  by === 'bubblewrap'
    ? { file: findProgram('bwrap'), args: [...boxByBubblewrap(mounts), '--', ...WAIT] }
    : { file: findProgram('unshare'), args: boxByUnshare(mounts, supervisor.scratchDir, WAIT) }

const saidBy = (process: Supervised) =>
  process
    .logs()
    .map(({ text }) => text)
    .join(' ')

/** The process id that it says; throws what it said instead where it ended. */
const readPid = async (holder: Supervised): Promise<number> => {
  const { pipes } = holder
  const said = pipes === null ? Promise.reject(new Error('it has no output')) : once(pipes.output, 'data')
  const ended = holder.exited(START_MS).then((exit) => {
    throw new Error(exit === null ? 'it did not answer' : saidBy(holder) || `it ended with ${exit.code}`)
  })
  ended.catch(() => undefined)
  const pid = Number(String(await Promise.race([said, ended])))
  if (!Number.isInteger(pid) || pid <= 1) throw new Error('it did not say who it is')
  return pid
}

type Spaces = { user: number; mount: number }

/** Namespaces last as long as somebody holds them open: the program that made them need not stay. */
const makeSpaces = async (by: By, options: OpenBox): Promise<Spaces> => {
  const env = { PATH: SYSTEM_PATH }
  const holder = options.supervisor.spawn({ command: commandFor(by, options), cwd: '/', env, speaks: true })
  try {
    const pid = await readPid(holder)
    const user = openSync(`/proc/${pid}/ns/user`, 'r')
    return { user, mount: openSync(`/proc/${pid}/ns/mnt`, 'r') }
  } finally {
    await holder.kill()
  }
}

const enter = (
  { user, mount }: Spaces,
  given: SpawnOptions,
): Pick<SpawnOptions, 'command' | 'cwd' | 'env'> => {
  const { command, cwd, env } = given
  const program = typeof command === 'string' ? ['/bin/sh', '-c', command] : [command.file, ...command.args]
  const names = Object.entries(env)
  const late = names.filter(([name]) => LOADED_BY.test(name)).map(([name, value]) => `${name}=${value}`)
  const descriptor = (number: number) => `/proc/${process.pid}/fd/${number}`
  return {
    cwd: '/',
    env: Object.fromEntries(names.filter(([name]) => !LOADED_BY.test(name))),
    command: {
      file: findProgram('nsenter'),
      args: [
        ...[`--user=${descriptor(user)}`, `--mount=${descriptor(mount)}`, '--preserve-credentials', '--'],
        ...['/bin/sh', '-c', ENTER, 'sh', cwd],
        ...[findProgram('setpriv'), ...WITHOUT_RIGHTS, findProgram('env'), ...late, ...program],
      ],
    },
  }
}

const openWith = async (by: By, options: OpenBox): Promise<Box> => {
  const { supervisor } = options
  const spaces = await makeSpaces(by, options)
  const inside = <Given extends SpawnOptions>(given: Given): Given => ({ ...given, ...enter(spaces, given) })
  const close = () => {
    closeSync(spaces.user)
    closeSync(spaces.mount)
  }
  const held: Supervisor = {
    ...supervisor,
    spawn: (given) => supervisor.spawn(inside(given)),
    run: (given) => supervisor.run(inside(given)),
  }
  const trial = {
    command: { file: 'true', args: [] },
    cwd: '/',
    env: { PATH: SYSTEM_PATH },
    timeoutMs: START_MS,
  }
  const { exit, logs } = await held.run(trial)
  if (exit?.code === 0) return { by, supervisor: held, close }
  close()
  throw new Error(logs.map(({ text }) => text).join(' ') || 'nothing could be started in it')
}

/**
 * Opens a box: `openBox({ supervisor, mounts: planBox({ read, hidden, scratchDir }) })`, then start programs by
 * `box.supervisor`. They see the files that were planned and no others, cannot take any of it away, and cannot look
 * into processes outside: no environment, memory or open file of any other process of the same user. They can signal
 * these, and use the network.
 *
 * @throws Error with what bubblewrap and unshare said, where neither can make one
 */
export const openBox = async (options: OpenBox): Promise<Box> => {
  const reasons: string[] = []
  if (process.platform !== 'linux') throw new Error('only Linux can hold programs back')
  for (const by of options.only ?? (['bubblewrap', 'unshare'] as const)) {
    try {
      return await openWith(by, options)
    } catch (thrown) {
      reasons.push(`${by}: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
    }
  }
  throw new Error(reasons.join('; '))
}
