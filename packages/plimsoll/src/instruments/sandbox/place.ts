import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { isLoopback } from '../http/loopback.ts'
import type { Supervisor } from '../process/process.ts'
import { bubblewrapArguments } from './bubblewrap.ts'
import { type Conversation, converse, type InnerDoor, type Told } from './converse.ts'
import { findProgram } from './find-program.ts'
import { planMounts } from './mounts.ts'
import { type Door, openDoor } from './open-door.ts'
import { openProxy } from './open-proxy.ts'
import type { OpenShell } from './open-shell.ts'
import type { Enforcement } from './shell.ts'
import { unshareArguments } from './unshare.ts'

/** Plain JavaScript, because it must start from the sources as well as from the build. */
const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'bin', 'sandbox.js')
const START_MS = 15_000
/** Inside there is a network of its own, so that any number is free; this one is hardly ever meant. */
export const PROXY_PORT = 47_128

/** Where commands run, before anything does. */
export type Place = {
  by: Enforcement['by']
  supervisor: Supervisor
  /** absolute, links resolved */
  root: string
  /** folder of the sockets */
  doors: string
  options: OpenShell
}

/** What is read-only for every command: the history, what decides the verdict, and what asks for it. */
const FIXED = [
  '.git',
  '.plimsoll',
  ...['ts', 'mts', 'js', 'mjs', 'cjs', 'json'].map((end) => `plimsoll.config.${end}`),
  ...['.claude/settings.json', '.claude/settings.local.json', '.cursor/hooks.json', '.gemini/settings.json'],
  ...['.codex/hooks.json', '.github/hooks'],
]

const writeCovers = async ({ supervisor, root, options }: Place) => {
  const folder = join(supervisor.scratchDir, 'covers')
  await mkdir(folder)
  const covers = (options.lent.files ?? []).map(({ path, text }, index) => ({
    text,
    from: join(folder, String(index)),
    to: isAbsolute(path) ? path : join(root, path),
  }))
  for (const { from, text } of covers) await writeFile(from, text)
  return covers.filter(({ to }) => existsSync(to)).map(({ from, to }) => ({ from, to }))
}

const commandFor = async (place: Place): Promise<{ file: string; args: readonly string[] }> => {
  const { by, root, doors, supervisor, options } = place
  const inner = [process.execPath, PROGRAM, join(doors, 'control.sock')]
  if (by === 'none') return { file: process.execPath, args: inner.slice(1) }
  const fixed = [...FIXED, ...(options.fixed ?? [])].map((path) => join(root, path))
  const copies = (options.lent.data ?? []).map(({ path, from }) => ({ from, to: path }))
  const mounts = planMounts({ root, covers: await writeCovers(place), copies, fixed, doors })
  return by === 'bubblewrap'
    ? { file: findProgram('bwrap'), args: [...bubblewrapArguments(mounts, root), '--', ...inner] }
    : { file: findProgram('unshare'), args: unshareArguments(mounts, root, supervisor.scratchDir, inner) }
}

/** Starts the program that runs the commands there; throws with what it said where it does not answer. */
export const startInside = async (place: Place, onTold: (told: Told) => void): Promise<Conversation> => {
  const { supervisor, root, doors } = place
  const command = await commandFor(place)
  const start = () => {
    const started = supervisor.spawn({
      command,
      cwd: root,
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin' },
    })
    const gone = started.exited(START_MS).then((exit) => {
      const said = started
        .logs()
        .map(({ text }) => text)
        .join(' ')
      return exit === null ? 'it did not answer' : said || `it ended with code ${exit.code}`
    })
    return { gone }
  }
  return converse(join(doors, 'control.sock'), start, onTold)
}

export type Doors = { inner: readonly InnerDoor[]; close(): void }

/**
 * Ports that commands find on their own loopback: the lab's stores, the way out, and known strangers to be named.
 * @param onUnlisted told of each address that the way out did not lead to
 */
export const openDoors = async (
  { doors, options }: Place,
  onUnlisted: (address: string) => void,
): Promise<Doors> => {
  const opened: Door[] = []
  const inner: InnerDoor[] = []
  for (const to of options.lent.reachable) {
    const socket = join(doors, `${to.port}.sock`)
    opened.push(await openDoor(socket, to))
    inner.push({ port: to.port, socket })
  }
  const proxy = join(doors, 'proxy.sock')
  opened.push(await openProxy(proxy, options.network, onUnlisted))
  inner.push({ port: PROXY_PORT, socket: proxy })
  for (const { address, from } of options.lent.foreign) {
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(address) ?? []
    if (isLoopback(host) && !inner.some((each) => each.port === Number(port)))
      inner.push({ port: Number(port), label: `${address} (from ${from})` })
  }
  const close = () => {
    for (const door of opened) door.close()
  }
  return { inner, close }
}
