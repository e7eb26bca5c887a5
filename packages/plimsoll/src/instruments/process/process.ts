import type { Readable, Writable } from 'node:stream'

export type Exit = { code: number | null; signal: string | null; atMs: number }

export type LogLine = { atMs: number; stream: 'stdout' | 'stderr'; text: string }

export type SpawnOptions = {
  /** a shell line, as a package script would be; or a program and its arguments */
  command: string | { file: string; args: readonly string[] }
  cwd: string
  /** the whole environment: nothing is inherited but what is given here */
  env: Readonly<Record<string, string>>
  /** run as this user; only when we are root */
  uid?: number
  gid?: number
  /** origin of the times in exits and log lines */
  nowMs?: () => number
  /** its standard input and output are spoken through by `pipes`; only standard error is kept as lines */
  speaks?: boolean
}

/** A process with a group of its own. */
export type Supervised = {
  readonly pid: number
  /** of a process that speaks; null for any other, whose standard input is empty */
  readonly pipes: { input: Writable; output: Readable } | null
  exit(): Exit | null
  /** resolves with null when it still runs after that time */
  exited(timeoutMs: number): Promise<Exit | null>
  /** to the whole group, unless it is already gone */
  signal(name: NodeJS.Signals): void
  /** to one process of the group */
  signalOne(pid: number, name: NodeJS.Signals): void
  /** SIGKILL to the whole group, resolves when every process of it is gone */
  kill(): Promise<void>
  /** last 5,000 lines */
  logs(sinceMs?: number): LogLine[]
  /** every live process of the group, with its parent: {pid, ppid, command} */
  members(): Promise<{ pid: number; ppid: number; command: string }[]>
  /** TCP ports on which a process of the group listens, with that process */
  listening(): Promise<{ port: number; pid: number }[]>
}

/**
 * Starts processes that cannot outlive us: each has its own group and a mark in its environment, and a watchdog
 * process kills every marked one, and removes the scratch folder, when we end in any way, `kill -9` included.
 */
export type Supervisor = {
  /** a folder below the machine's temporary folder, removed at the end */
  readonly scratchDir: string
  spawn(options: SpawnOptions): Supervised
  /** runs to the end; kills the group on abort or time-out */
  run(
    options: SpawnOptions & { timeoutMs: number; signal?: AbortSignal },
  ): Promise<{ exit: Exit | null; timedOut: boolean; logs: LogLine[]; durationMs: number }>
  /** every live process that it started and has not killed, with what they started in turn */
  members(): Promise<number[]>
  /** kills everything, removes the scratch folder, dismisses the watchdog; idempotent */
  close(): Promise<void>
}
