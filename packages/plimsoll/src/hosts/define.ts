import type { AgentDefinition, DefinitionProblem } from '../model/agent.ts'

/** A file as it was found, not yet understood. */
export type Raw = {
  /** relative to the folder that was searched */
  file: string
  text: string
  /** text of a file that it points to, relative to itself; null where there is none that may be read */
  beside?(path: string): string | null
}

/** What a host's file says, before the body is read; the loader adds name, facts and dialect. */
export type ReadAgent = {
  /** null: the file's name decides */
  agent: Partial<Omit<AgentDefinition, 'facts' | 'dialect' | 'file'>> & { instructions: string }
  /** number of the first line of the instructions in the file */
  bodyLine: number
  problems: readonly DefinitionProblem[]
}

/** One file that an installation writes: its whole text, or a change of one that somebody else may own too. */
export type InstalledFile = {
  /** relative to the workspace */
  file: string
  /**
   * Gets what is there (null: nothing) and gives what should be; null: the file goes. Idempotent.
   * @throws E_NOT_INSTALLED where what is there cannot be understood, or is somebody else's
   */
  change(before: string | null): string | null
  /** what it is, in a few words: `the agent`, `MCP server`, `stop hook` */
  what: string
}

export type InstallOptions = {
  agent: AgentDefinition
  /** the command with which the host starts us: `npx`, `['plimsoll']` */
  command: { file: string; args: readonly string[] }
  /** takes out what an earlier installation wrote, and nothing else */
  uninstall: boolean
}

/**
 * A host of agents: its dialect, and how our agent is brought into it.
 *
 * **Contract:** pure; `read` throws nothing about what it reads, a bad file is a problem with its line and a fix.
 * `install` never replaces what it did not write: files of others are changed by key, with the rest kept as it is.
 */
export type Host = {
  id: string
  name: string
  /** globs relative to a workspace (or to the home folder) under which its agents lie, best first */
  agentFiles: readonly string[]
  /** globs of files that are context, not agents: `AGENTS.md`, `GEMINI.md` */
  contextFiles: readonly string[]
  /** whether a file that was given by name is of this dialect: 0 no, 1 certainly */
  recognises(raw: Raw): number
  read(raw: Raw): ReadAgent
  /** absent where it can only be read */
  install?(options: InstallOptions): readonly InstalledFile[]
  /** said after an installation: what it cannot do there, or what is left to do by hand */
  notes?: readonly string[]
}

export const defineHost = (host: Host): Host => host
