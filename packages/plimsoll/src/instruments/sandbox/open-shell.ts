import { mkdir, realpath } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { openSupervisor } from '../process/open-supervisor.ts'
import type { Told } from './converse.ts'
import { describeEnforcement, findEnforcement } from './find-enforcement.ts'
import { openJobs } from './jobs.ts'
import { type Foreign, notesOn } from './note.ts'
import { openDoors, type Place, PROXY_PORT, startInside } from './place.ts'
import { registryHosts } from './registry-hosts.ts'
import type { Enforcement, Shell } from './shell.ts'
import { shellEnvironment } from './shell-environment.ts'

export type OpenShell = {
  /** absolute folder of the workspace */
  root: string
  /** `lendEnvironment` gives these: store variables, what is emptied, what may be reached, what may not, and files */
  lent: {
    env: Readonly<Record<string, string>>
    removed: readonly string[]
    reachable: readonly { host: string; port: number }[]
    foreign: readonly Foreign[]
    /** what commands see in place of secret files; relative to the workspace, or absolute */
    files?: readonly { path: string; text: string }[]
    /** copies that commands work on in place of files that hold data; absolute */
    data?: readonly { path: string; from: string }[]
  }
  /** relative: files and folders that commands may read, not change; those that are not there are passed over */
  fixed?: readonly string[]
  /** "agent.network": `api.example.com`, `localhost:4873`, `*.example.com`; npm's own registry is always among them */
  network: readonly string[]
  /** asks a person about one command that nothing would hold back; absent where nobody is there */
  approve?(command: string, reason: string): Promise<boolean>
  /** for tests: only these, in this order */
  only?: readonly Enforcement['by'][]
}

const refuseOpen = async ({ lent, approve }: OpenShell, command: string): Promise<void> => {
  const [first] = lent.foreign
  if (first === undefined) return
  const reason = `nothing on this machine would keep it from ${first.address} (from ${first.from}), which is not the lab's`
  if ((await approve?.(command, reason)) === true) return
  throw fault('E_FORBIDDEN', {
    call: `"${command}"`,
    reason,
    instead:
      'Install bubblewrap or allow user namespaces, so that commands can be kept from it; or run the command yourself.',
  })
}

const folderIn = (root: string, dir = '.'): string => {
  const whole = resolve(root, dir)
  const inside = relative(root, whole)
  if (inside === '..' || inside.startsWith('../') || isAbsolute(inside))
    throw fault('E_OUTSIDE_WORKSPACE', { path: dir, root })
  return whole
}

const environmentIn = ({ by, supervisor, options: { lent } }: Place, home: string) => {
  const emptied = Object.fromEntries(lent.removed.map((name) => [name, '']))
  const temporary: Record<string, string> = by === 'none' ? { TMPDIR: supervisor.scratchDir } : {}
  const own = { HOME: home, ...temporary, ...emptied, ...lent.env }
  return shellEnvironment(process.env, { own, proxyPort: by === 'none' ? null : PROXY_PORT })
}

const withNotes = (said: string, notes: readonly string[]): string => {
  if (notes.length === 0) return said
  const gap = said === '' || said.endsWith('\n') ? '' : '\n'
  return `${said}${gap}${notes.map((note) => `plimsoll: ${note}\n`).join('')}`
}

type Opened = Shell & { isLost(): boolean }

const openWith = async (by: Enforcement['by'], options: OpenShell): Promise<Opened> => {
  const { root } = options
  const supervisor = await openSupervisor()
  const place: Place = { by, supervisor, root, doors: join(supervisor.scratchDir, 'doors'), options }
  const home = by === 'none' ? join(supervisor.scratchDir, 'home') : homedir()
  const { lent, network } = options
  const refused: string[] = []
  const unlisted: string[] = []
  const jobs = openJobs(environmentIn(place, home))
  const hear = (told: Told) => {
    if (told.kind === 'refused') refused.push(told.label)
    else jobs.hear(told)
  }
  const closers: (() => unknown)[] = [() => supervisor.close()]
  let closed: Promise<void> | null = null
  let isLost = false
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end()
  }
  try {
    await mkdir(place.doors)
    await mkdir(home, { recursive: true })
    const doors = await openDoors(place, (address) => unlisted.push(address))
    closers.push(() => doors.close())
    const { send, ended, close: hangUp } = await startInside(place, hear)
    closers.push(hangUp)
    jobs.connect(send)
    ended.then(() => {
      isLost = true
      jobs.connect(null)
    })
    if (by !== 'none') send({ kind: 'listen', doors: doors.inner })
  } catch (thrown) {
    await close()
    throw thrown
  }
  return {
    isLost: () => isLost,
    enforcement: describeEnforcement(by, network),
    run: async (command, { dir, timeoutMs, signal, onOutput }) => {
      signal.throwIfAborted()
      if (by === 'none') await refuseOpen(options, command)
      const before = { refused: refused.length, unlisted: unlisted.length }
      const asked = { dir: folderIn(root, dir), timeoutMs, ...(onOutput && { onOutput }) }
      const { job, end } = await jobs.run(command, asked, signal)
      const said = job.kept.text()
      const notes = notesOn(said, {
        refused: refused.slice(before.refused),
        unlisted: unlisted.slice(before.unlisted),
        foreign: lent.foreign,
        hosts: network,
      })
      return {
        code: end.code,
        signal: end.signal,
        timedOut: end.timedOut,
        output: withNotes(said, notes),
        durationMs: performance.now() - job.startedAtMs,
      }
    },
    start: async (command, { dir }) => {
      if (by === 'none') await refuseOpen(options, command)
      const { id, startedAtMs, ports } = await jobs.start(command, { dir: folderIn(root, dir) })
      return { id, command, startedAtMs, ports }
    },
    background: () =>
      jobs.list().map(({ id, command, startedAtMs, ports, isAlive, kept }) => ({
        id,
        command,
        startedAtMs,
        ports,
        isAlive,
        output: kept.text(),
      })),
    stop: jobs.stop,
    close: () => {
      closed ??= close()
      return closed
    },
  }
}

const openBest = async (options: OpenShell): Promise<Opened> => {
  const reasons: string[] = []
  for (const by of options.only ?? (await findEnforcement())) {
    try {
      const shell = await openWith(by, options)
      const { enforcement } = shell
      return { ...shell, enforcement: { ...enforcement, gaps: [...enforcement.gaps, ...reasons] } }
    } catch (thrown) {
      reasons.push(`${by} did not start: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
    }
  }
  throw fault('E_BUG', { message: `no shell could be opened: ${reasons.join('; ')}` })
}

/**
 * Opens the shell of one session: `openShell({ root, lent: await door.environment({ signal }), network })`. All
 * commands run in one sandbox of their own, so that a server that one call starts answers the next; bubblewrap makes
 * it, or the system's `unshare`, or nothing does, which `enforcement` then says. Inside: the workspace at its own path,
 * secret files as `lent.files` has them, the system read-only, an empty home, a loopback of its own on which the lab's
 * stores answer, and an HTTP proxy to the listed hosts.
 *
 * @throws E_FORBIDDEN from `run` and `start` where nothing holds commands back, a store that is not the lab's is known,
 * and nobody approves
 */
export const openShell = async (wished: OpenShell): Promise<Shell> => {
  const root = await realpath(wished.root)
  const network = [...new Set([...wished.network, ...registryHosts(root, process.env)])]
  const options = { ...wished, root, network }
  let current = openBest(options)
  const first = await current
  let shown = first
  let isClosed = false
  /** A command may kill all that runs in the sandbox, and with it the sandbox: the next one gets a new one. */
  const alive = async () => {
    const shell = await current
    if (!shell.isLost() || isClosed) return shell
    current = shell.close().then(() => openBest(options))
    shown = await current
    return shown
  }
  return {
    enforcement: first.enforcement,
    run: async (command, asked) => (await alive()).run(command, asked),
    start: async (command, asked) => (await alive()).start(command, asked),
    background: () => (shown.isLost() ? [] : shown.background()),
    stop: async (id) => (await current).stop(id),
    close: async () => {
      isClosed = true
      await (await current).close()
    },
  }
}
