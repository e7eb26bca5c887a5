import { agentFile } from '../agent-file.ts'
import { defineHost, type InstallOptions, type Raw } from '../define.ts'
import { description, type Field, model, name, readOnly, tools } from '../fields.ts'
import { commandLine, hookEntry, serverEntry } from '../install-entries.ts'
import { type Dialect, headShows, liesIn, readMarkdown } from '../read-agent.ts'

const readonly: Field = (value) => (value === true ? readOnly : {})

const DIALECT: Dialect = {
  fields: { name, description, model, readonly, tools },
  silent: ['is_background', 'background', 'color', 'globs', 'alwaysApply'],
}

const recognises = (raw: Raw): number => {
  if (liesIn(raw.file, '.cursor/agents')) return 1
  return headShows(raw, (head) => 'readonly' in head || 'is_background' in head) ? 0.8 : 0
}

/** Rounds in which the hook may send the agent back to work before it lets it end. */
const ROUNDS = 10

const install = ({ agent, command, uninstall }: InstallOptions) => [
  agentFile(
    '.cursor/agents/plimsoll-backend.md',
    { name: 'plimsoll-backend', description: agent.description, model: 'inherit' },
    agent,
    uninstall,
  ),
  serverEntry(
    '.cursor/mcp.json',
    ['mcpServers', 'plimsoll'],
    { command: command.file, args: [...command.args, 'mcp'] },
    uninstall,
  ),
  hookEntry(
    '.cursor/hooks.json',
    ['hooks', 'stop'],
    { command: commandLine(command, 'cursor'), loop_limit: ROUNDS },
    uninstall,
    { version: 1 },
  ),
]

/** **Contract:** pure. */
export default defineHost({
  id: 'cursor',
  name: 'Cursor',
  agentFiles: ['.cursor/agents/**/*.md'],
  contextFiles: ['.cursor/rules/**/*.mdc', '.cursorrules'],
  recognises,
  read: (raw) => readMarkdown(raw, DIALECT),
  install,
})
