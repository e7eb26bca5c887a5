import { agentFile } from '../agent-file.ts'
import { defineHost, type InstallOptions, type Raw } from '../define.ts'
import { description, model, name, servers, tools } from '../fields.ts'
import { commandLine, hookEntry, serverEntry } from '../install-entries.ts'
import { type Dialect, headShows, liesIn, readMarkdown } from '../read-agent.ts'

const DIALECT: Dialect = {
  fields: { ...{ name, description, model, tools }, 'mcp-servers': servers },
  silent: [
    ...[
      'target',
      'argument-hint',
      'handoffs',
      'infer',
      'user-invocable',
      'user-invokable',
      'agents',
      'metadata',
    ],
    ...['disable-model-invocation', 'hooks', 'mode'],
  ],
  tools: { edit: ['edit', 'write', 'patch'], search: ['grep', 'glob'] },
}

const recognises = (raw: Raw): number => {
  if (/\.(agent|chatmode)\.md$/.test(raw.file) || liesIn(raw.file, '.github/agents', '.copilot/agents'))
    return 1
  return headShows(raw, (head) => 'mcp-servers' in head || 'handoffs' in head || 'argument-hint' in head)
    ? 0.8
    : 0
}

const install = ({ agent, command, uninstall }: InstallOptions) => {
  const args = [...command.args, 'mcp']
  const gate = commandLine(command, 'copilot')
  const own = { type: 'local', command: command.file, args, tools: ['*'] }
  return [
    agentFile(
      '.github/agents/plimsoll-backend.agent.md',
      { name: 'plimsoll-backend', description: agent.description, 'mcp-servers': { plimsoll: own } },
      agent,
      uninstall,
    ),
    serverEntry(
      '.vscode/mcp.json',
      ['servers', 'plimsoll'],
      { type: 'stdio', command: command.file, args },
      uninstall,
    ),
    hookEntry(
      '.github/hooks/plimsoll.json',
      ['hooks', 'agentStop'],
      { type: 'command', bash: gate, powershell: gate, timeoutSec: 600 },
      uninstall,
      { version: 1 },
    ),
  ]
}

/** **Contract:** pure. */
export default defineHost({
  id: 'copilot',
  name: 'GitHub Copilot',
  agentFiles: ['.github/agents/*.md', '.github/chatmodes/*.chatmode.md', '.copilot/agents/*.md'],
  contextFiles: ['.github/copilot-instructions.md', '.github/skills/*/SKILL.md'],
  recognises,
  read: (raw) => readMarkdown(raw, DIALECT),
  install,
})
