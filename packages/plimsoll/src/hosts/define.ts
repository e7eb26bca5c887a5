import type { AgentDefinition, DefinitionProblem } from '../model/agent.ts'

/** A file with YAML between its first `---` lines, taken apart and not yet understood. */
export type Raw = {
  /** relative to the folder that was searched */
  file: string
  text: string
}

/** What a host's file says, before the body is read; the loader adds name, facts and dialect. */
export type ReadAgent = {
  /** null: the file's name decides */
  agent: Partial<Omit<AgentDefinition, 'facts' | 'dialect' | 'file'>> & { instructions: string }
  problems: readonly DefinitionProblem[]
}

/** One file that an installation writes: its whole text, or a change of one that somebody else may own too. */
export type InstalledFile = {
  /** relative to the workspace */
  file: string
  /** gets what is there (null: nothing) and gives what should be; null: the file goes. Idempotent. */
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
}

export const defineHost = (host: Host): Host => host
