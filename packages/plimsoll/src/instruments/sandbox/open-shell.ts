import { existsSync } from 'node:fs'
import { mkdir, realpath, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { isLoopback } from '../http/loopback.ts'
import { openSupervisor } from '../process/open-supervisor.ts'
import type { Supervisor } from '../process/process.ts'
import { bubblewrapArguments } from './bubblewrap.ts'
import { type Conversation, converse, type InnerDoor, type Order, type Told } from './converse.ts'
import { describeEnforcement, findEnforcement } from './find-enforcement.ts'
import { keepOutput } from './keep-output.ts'
import { planMounts } from './mounts.ts'
import { type Foreign, notesOn } from './note.ts'
import { type Door, openDoor } from './open-door.ts'
import { openProxy } from './open-proxy.ts'
import type { Background, Enforcement, Ran, Shell } from './shell.ts'
import { shellEnvironment } from './shell-environment.ts'
import { unshareArguments } from './unshare.ts'

/** Plain JavaScript, because it must start from the sources as well as from the build. */
const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'bin', 'sandbox.js')
const START_MS = 15_000
/** Inside there is a network of its own, so that any number is free; this one is hardly ever meant. */
const PROXY_PORT = 47_128

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
  }
  /** relative: files and folders that commands may read, not change; those that are not there are passed over */
  fixed?: readonly string[]
  /** `registry.example.com`, `localhost:4873`, `*.example.com`: "agent.network", and the registry of packages */
  network: readonly string[]
  /** asks a person about one command that nothing would hold back; absent where nobody is there */
  approve?(command: string, reason: string): Promise<boolean>
  /** for tests: only these, in this order */
  only?: readonly Enforcement['by'][]
}

/** What is read-only for every command: the history, what decides the verdict. */
const FIXED = [
  '.git',
  '.plimsoll',
  'plimsoll.config.ts',
  'plimsoll.config.mts',
  'plimsoll.config.js',
  'plimsoll.config.mjs',
  'plimsoll.config.json',
]

type Place = {
  by: Enforcement['by']
  supervisor: Supervisor
  root: string
  doors: string
  options: OpenShell
}

const writeCovers = async ({ supervisor, root, options }: Place) => {
  const folder = join(supervisor.scratchDir, 'covers')
  await mkdir(folder)
  const covers = (options.lent.files ?? []).map(({ path, text }, index) => ({
    text,
    from: join(folder, String(index)),
    to: isAbsolute(path) ? path : join(root, path),
  }))
  for (const { from, text } of covers) await writeFile(from, text, { mode: 0o644 })
  return covers.filter(({ to }) => existsSync(to)).map(({ from, to }) => ({ from, to }))
}

const programFor = async (place: Place): Promise<{ file: string; args: readonly string[] }> => {
  const { by, root, doors, supervisor, options } = place
  const inner = [process.execPath, PROGRAM, join(doors, 'control.sock')]
  if (by === 'none') return { file: process.execPath, args: inner.slice(1) }
  const fixed = [...FIXED, ...(options.fixed ?? [])].map((path) => join(root, path))
  const mounts = planMounts({ root, covers: await writeCovers(place), fixed, doors })
  return by === 'bubblewrap'
    ? { file: 'bwrap', args: [...bubblewrapArguments(mounts, root), '--', ...inner] }
    : { file: 'unshare', args: unshareArguments(mounts, root, supervisor.scratchDir, inner) }
}

/** Ports that commands find on their own loopback: the lab's stores, the way out, and known strangers to be named. */
const openDoors = async ({ doors, options }: Place, onRefused: (address: string) => void) => {
  const { reachable, foreign } = options.lent
  const opened: Door[] = []
  const inner: InnerDoor[] = []
  for (const to of reachable) {
    const socket = join(doors, `${to.port}.sock`)
    opened.push(await openDoor(socket, to))
    inner.push({ port: to.port, socket })
  }
  const proxy = join(doors, 'proxy.sock')
  opened.push(await openProxy(proxy, options.network, onRefused))
  inner.push({ port: PROXY_PORT, socket: proxy })
  for (const { address, from } of foreign) {
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(address) ?? []
    if (isLoopback(host) && !inner.some((each) => each.port === Number(port)))
      inner.push({ port: Number(port), label: `${address} (from ${from})` })
  }
  const close = () => {
    for (const door of opened) door.close()
  }
  return { inner, close }
}

type Job = Background & {
  isAlive: boolean
  kept: ReturnType<typeof keepOutput>
  onOutput: (text: string) => void
  done: (told: Told) => void
}

const lostShell: Ran = { code: null, signal: 'SIGKILL', timedOut: false, output: '', durationMs: 0 }

const startIn = async (place: Place, onTold: (told: Told) => void): Promise<Conversation> => {
  const { supervisor, root, doors, by } = place
  const command = await programFor(place)
  const start = () => {
    const process_ = supervisor.spawn({
      command,
      cwd: root,
      env: by === 'none' ? { PATH: process.env.PATH ?? '' } : { PATH: process.env.PATH ?? '/usr/bin:/bin' },
    })
    const gone = process_.exited(START_MS).then((exit) => {
      const said = process_
        .logs()
        .map(({ text }) => text)
        .join(' ')
      return exit === null ? 'it did not answer' : said || `it ended with code ${exit.code}`
    })
    return { gone }
  }
  return converse(join(doors, 'control.sock'), start, onTold)
}

const bash = existsSync('/bin/bash') ? '/bin/bash' : '/bin/sh'

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

const openWith = async (by: Enforcement['by'], options: OpenShell): Promise<Shell> => {
  const root = await realpath(options.root)
  const supervisor = await openSupervisor()
  const doors = join(supervisor.scratchDir, 'doors')
  const home = by === 'none' ? join(supervisor.scratchDir, 'home') : homedir()
  const place: Place = { by, supervisor, root, doors, options }
  const { lent, network } = options
  const jobs = new Map<string, Job>()
  const refused: string[] = []
  let count = 0
  let closed: Promise<void> | null = null
  let isLost = false

  const hear = (told: Told) => {
    if (told.kind === 'refused') {
      refused.push(told.label)
      return
    }
    const job = jobs.get(told.id)
    if (job === undefined) return
    if (told.kind === 'output') {
      job.kept.add(told.text)
      job.onOutput(told.text)
      return
    }
    if (told.kind !== 'killed') {
      job.ports = told.ports
      job.isAlive = told.kind === 'exit' ? told.left > 0 : told.alive
    }
    job.done(told)
  }

  await mkdir(doors)
  if (by === 'none') await mkdir(home)
  const opened = await openDoors(place, (address) => refused.push(address))
  const close = async () => {
    opened.close()
    conversation?.close()
    await supervisor.close()
  }
  let conversation: Conversation | null = null
  try {
    conversation = await startIn(place, hear)
  } catch (thrown) {
    await close()
    throw thrown
  }
  const { send, ended } = conversation
  if (by !== 'none') send({ kind: 'listen', doors: opened.inner })
  const env = shellEnvironment(process.env, {
    own: {
      HOME: home,
      ...(by === 'none' ? { TMPDIR: supervisor.scratchDir } : {}),
      ...Object.fromEntries(lent.removed.map((name) => [name, ''])),
      ...lent.env,
    },
    proxyPort: by === 'none' ? null : PROXY_PORT,
  })
  ended.then(() => {
    isLost = true
    for (const job of jobs.values()) {
      job.isAlive = false
      job.done({
        kind: 'exit',
        id: job.id,
        code: null,
        signal: 'SIGKILL',
        timedOut: false,
        ports: [],
        left: 0,
      })
    }
  })

  const folder = (dir: string | undefined) => {
    const whole = resolve(root, dir ?? '.')
    const inside = relative(root, whole)
    if (inside === '..' || inside.startsWith('../') || isAbsolute(inside))
      throw fault('E_OUTSIDE_WORKSPACE', { path: dir ?? '.', root })
    return whole
  }

  /** Sends an order, and resolves with what ends it. */
  const order = (
    kind: 'run' | 'start',
    command: string,
    options_: { dir?: string; timeoutMs?: number; onOutput?(text: string): void },
  ) => {
    if (closed !== null || isLost)
      throw fault('E_FORBIDDEN', {
        call: `"${command}"`,
        reason: 'the shell of this session has ended',
        instead: 'Start a new session.',
      })
    count += 1
    const id = `p${count}`
    const job: Job = {
      id,
      command,
      startedAtMs: performance.now(),
      ports: [],
      isAlive: true,
      kept: keepOutput(),
      onOutput: options_.onOutput ?? (() => {}),
      done: () => {},
    }
    jobs.set(id, job)
    const told = new Promise<Told>((resolve_) => {
      job.done = resolve_
    })
    const sent: Order = {
      kind,
      id,
      shell: bash,
      command,
      dir: folder(options_.dir),
      env,
      ...(options_.timeoutMs === undefined ? {} : { timeoutMs: options_.timeoutMs }),
      ...(kind === 'start' ? { stays: true } : {}),
    }
    send(sent)
    return { job, told }
  }

  return {
    enforcement: describeEnforcement(by, network),
    run: async (command, { dir, timeoutMs, signal, onOutput }) => {
      signal.throwIfAborted()
      if (by === 'none') await refuseOpen(options, command)
      const before = refused.length
      const { job, told } = order('run', command, {
        timeoutMs,
        ...(dir === undefined ? {} : { dir }),
        ...(onOutput === undefined ? {} : { onOutput }),
      })
      const abort = () => send({ kind: 'kill', id: job.id })
      signal.addEventListener('abort', abort)
      const end = await told.finally(() => signal.removeEventListener('abort', abort))
      const ended_ = end.kind === 'exit' ? end : { ...lostShell, ports: [], left: 0 }
      if (!job.isAlive) jobs.delete(job.id)
      const said = job.kept.text()
      const notes = notesOn(said, { refused: refused.slice(before), foreign: lent.foreign, hosts: network })
      const lines = notes.map((note) => `plimsoll: ${note}\n`).join('')
      return {
        code: ended_.code,
        signal: ended_.signal,
        timedOut: ended_.timedOut,
        output: `${said}${said === '' || said.endsWith('\n') || lines === '' ? '' : '\n'}${lines}`,
        durationMs: performance.now() - job.startedAtMs,
      }
    },
    start: async (command, { dir }) => {
      if (by === 'none') await refuseOpen(options, command)
      const { job, told } = order('start', command, dir === undefined ? {} : { dir })
      await told
      const { id, startedAtMs, ports } = job
      return { id, command, startedAtMs, ports }
    },
    background: () =>
      [...jobs.values()].map(({ id, command, startedAtMs, ports, isAlive, kept }) => ({
        id,
        command,
        startedAtMs,
        ports,
        isAlive,
        output: kept.text(),
      })),
    stop: async (id) => {
      const job = jobs.get(id)
      if (job === undefined)
        throw fault('E_UNKNOWN_ID', {
          id,
          candidates: `There is: ${[...jobs.keys()].join(', ') || 'nothing running'}.`,
        })
      const told = new Promise<Told>((resolve_) => {
        job.done = (heard) => {
          if (heard.kind === 'killed' || isLost) resolve_(heard)
        }
      })
      send({ kind: 'kill', id })
      await told
      job.isAlive = false
      jobs.delete(id)
    },
    close: () => {
      closed ??= close()
      return closed
    },
  }
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
export const openShell = async (options: OpenShell): Promise<Shell> => {
  const found = options.only ?? (await findEnforcement())
  const reasons: string[] = []
  for (const by of found) {
    try {
      const shell = await openWith(by, options)
      if (reasons.length === 0) return shell
      return {
        ...shell,
        enforcement: { ...shell.enforcement, gaps: [...shell.enforcement.gaps, ...reasons] },
      }
    } catch (thrown) {
      reasons.push(`${by} did not start: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
    }
  }
  throw fault('E_BUG', { message: `no shell could be opened: ${reasons.join('; ')}` })
}
