import type { Door } from '../../engine/door/door.ts'
import type { Families } from '../../engine/prove/families.ts'
import type { Shell } from '../../instruments/sandbox/shell.ts'
import type { AgentDefinition } from '../../model/agent.ts'
import type { Config } from '../../model/config.ts'
import type { Tool } from '../../tools/define.ts'
import type { AgentEvent, Answer, Approval } from '../loop/events.ts'
import type { Model } from '../model/model.ts'
import type { ModelOptions } from '../model/open-model.ts'
import type { RunSession } from '../session/session.ts'

/** One workspace, as everything that is opened for it sees it. */
export type Grounds = {
  /** absolute, symbolic links resolved */
  root: string
  config: Config
  /** where the configuration is, or would be; relative to the root */
  configFile: string
  env: Readonly<Record<string, string | undefined>>
  families: Families
}

/** Tools of servers that the configuration names, and what there is to say of those that did not answer. */
export type OpenedServers = { tools: readonly Tool[]; notes: readonly string[]; close(): Promise<void> }

/** What a session is made of that lies on other floors, or that a test gives instead. */
export type AgentParts = {
  families: Families
  tools: readonly Tool[]
  runSession: RunSession
  openModel(options: ModelOptions): Promise<Model>
  openDoor(grounds: Grounds): Promise<Door>
  openShell(grounds: Grounds, door: Door, options: ShellWishes): Promise<Shell>
  openServers(
    grounds: Grounds,
    agent: AgentDefinition,
    options: { signal: AbortSignal; secrets(): readonly string[] },
  ): Promise<OpenedServers>
}

export type ShellWishes = {
  signal: AbortSignal
  /** absent where nobody is there */
  approve?(command: string, reason: string): Promise<boolean>
}

/** How a surface takes part in one task. */
export type Part = {
  signal: AbortSignal
  onEvent(event: AgentEvent): void
  approve: ((approval: Approval) => Promise<Answer>) | null
  ask: ((question: string, choices?: readonly string[]) => Promise<string>) | null
}
