/** What holds a command back, and what does not: told to whoever reads the session. */
export type Enforcement = {
  /** `bubblewrap`, `unshare`, `none` */
  by: 'bubblewrap' | 'unshare' | 'none'
  /** `none`: loopback of its own and nothing else; `open`: what the machine has */
  network: 'none' | 'listed hosts' | 'open'
  /** sentences: what is not enforced here, and how to get it */
  gaps: readonly string[]
}

export type Ran = {
  code: number | null
  signal: string | null
  timedOut: boolean
  /** stdout and stderr in the order in which they came */
  output: string
  durationMs: number
}

/** A program that goes on after its call: ours to kill. */
export type Background = { id: string; command: string; startedAtMs: number; ports: readonly number[] }

export type ShellOptions = {
  /** relative to the workspace */
  dir?: string
  timeoutMs: number
  signal: AbortSignal
  onOutput?(text: string): void
}

/**
 * Commands of one session. All of them see the same machine: the workspace, the lab's data stores in place of the
 * project's own, and a network of their own where the system allows.
 *
 * **Contract:** everything it started dies with `close`, and with us in any other way (`kill -9` included).
 */
export type Shell = {
  readonly enforcement: Enforcement
  run(command: string, options: ShellOptions): Promise<Ran>
  /** starts a program that stays: a server */
  start(command: string, options: { dir?: string }): Promise<Background>
  background(): readonly (Background & { isAlive: boolean; output: string })[]
  stop(id: string): Promise<void>
  close(): Promise<void>
}
