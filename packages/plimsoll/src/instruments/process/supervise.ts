import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { type Capture, captureLines } from './capture-lines.ts'
import { findFamily } from './find-family.ts'
import { findListening } from './find-listening.ts'
import { commandOf } from './list-processes.ts'
import type { Exit, SpawnOptions, Supervised } from './process.ts'
import { sendSignal } from './send-signal.ts'

/** A folder or program that cannot be used is a start that failed, as a shell would tell it. */
const NOT_STARTED = 127
const LOOK_AGAIN_MS = 10
const DRAIN_MS = 250

export type Child = Supervised & {
  /** resolves when it has ended and its output is read, or that output is held open by a process that lives on */
  drained(): Promise<void>
}

const isRoot = () => process.getuid?.() === 0

const start = ({ command, cwd, env, uid, gid, speaks }: SpawnOptions, mark: string): ChildProcess => {
  const [file, args] =
    typeof command === 'string' ? ['/bin/sh', ['-c', command]] : [command.file, [...command.args]]
  const [name = '', ...value] = mark.split('=')
  return spawn(file, args, {
    cwd,
    env: { ...env, [name]: value.join('=') },
    detached: true,
    stdio: [speaks === true ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    ...(isRoot() && uid !== undefined ? { uid } : {}),
    ...(isRoot() && gid !== undefined ? { gid } : {}),
  })
}

/** What it prints is kept, but for what it says to us. */
const connect = ({ stdin, stdout, stderr }: ChildProcess, log: Capture): Supervised['pipes'] => {
  if (stderr) log.read('stderr', stderr)
  if (stdin && stdout) {
    // A program that ended takes no more words; its exit tells why.
    stdin.on('error', () => {})
    return { input: stdin, output: stdout }
  }
  if (stdout) log.read('stdout', stdout)
  return null
}

/** Starts one process in a group of its own, with the mark in its environment. Never throws: see `exit()`. */
export const supervise = (options: SpawnOptions, mark: string): Child => {
  const nowMs = options.nowMs ?? (() => performance.now())
  const log = captureLines(nowMs)
  const child = start(options, mark)
  const pipes = connect(child, log)
  const pid = child.pid ?? 0

  let exit: Exit | null = null
  let gone = false
  const ended = new Promise<Exit>((resolve) => {
    const end = (code: number | null, signal: string | null) => {
      exit ??= { code, signal, atMs: nowMs() }
      resolve(exit)
    }
    child.once('exit', end)
    child.once('error', (error) => {
      if (child.pid !== undefined) return
      log.write('stderr', `${error.message}\n`)
      end(NOT_STARTED, null)
    })
  })
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })

  const family = () => (pid === 0 ? [] : findFamily(pid, mark))

  const kill = async () => {
    if (gone) return
    sendSignal(-pid, 'SIGKILL')
    for (let left = family(); left.length > 0; left = family()) {
      for (const one of left) sendSignal(one.pid, 'SIGKILL')
      await wait(LOOK_AGAIN_MS)
    }
    await ended
    gone = true
  }

  return {
    pid,
    pipes,
    exit: () => exit,
    exited: (timeoutMs) => orNull(ended, timeoutMs),
    signal: (name) => {
      if (!gone) sendSignal(-pid, name)
    },
    signalOne: (member, name) => {
      if (family().some((one) => one.pid === member)) sendSignal(member, name)
    },
    kill,
    logs: (sinceMs) => log.lines(sinceMs),
    members: async () => family().map((one) => ({ pid: one.pid, ppid: one.ppid, command: commandOf(one) })),
    listening: async () => findListening(family().map((one) => one.pid)),
    drained: async () => {
      await ended
      await orNull(closed, DRAIN_MS)
    },
  }
}

const orNull = async <T>(promise: Promise<T>, timeoutMs: number): Promise<T | null> => {
  const stop = new AbortController()
  const late = wait(timeoutMs, null, { signal: stop.signal }).catch(() => null)
  return Promise.race([promise, late]).finally(() => stop.abort())
}
