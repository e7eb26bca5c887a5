import { agentFile } from '../agent-file.ts'
import { defineHost, type InstallOptions, type Raw } from '../define.ts'
import { description, type Field, model, name, servers, tools, turns, without, wordOf } from '../fields.ts'
import { commandLine, hookEntry, serverEntry } from '../install-entries.ts'
import { type Modes, permissionModes } from '../permission-modes.ts'
import { type Dialect, headShows, liesIn, readMarkdown } from '../read-agent.ts'

const MODES: Modes = {
  default: [[], 'ask'],
  manual: [[], 'ask'],
  auto: [[], 'ask'],
  acceptEdits: [['write', 'edit', 'patch'], 'allow'],
  plan: [['write', 'edit', 'patch', 'bash'], 'deny'],
  bypassPermissions: [['*'], 'allow'],
}

const knownMode = permissionModes('permissionMode', MODES, 'bypassPermissions')

const permissionMode: Field = (value, place) => {
  if (value !== 'dontAsk') return knownMode(value, place)
  place.warn(
    '"permissionMode: dontAsk" is not known here',
    'Nothing to do: without anybody to ask, asking is refusing.',
  )
  return {}
}

const DIALECT: Dialect = {
  fields: {
    ...{ name, description, model, tools, permissionMode },
    disallowedTools: without,
    maxTurns: turns,
    mcpServers: servers,
  },
  silent: [
    ...[
      'color',
      'skills',
      'hooks',
      'memory',
      'background',
      'isolation',
      'effort',
      'initialPrompt',
      'proactive',
    ],
    ...['disabled', 'omitClaudeMd', 'experimental'],
  ],
}

const CAPITALISED =
  /^(Read|Write|Edit|MultiEdit|Bash|Grep|Glob|LS|Task|Agent|WebFetch|WebSearch|TodoWrite|NotebookEdit)\b/

const recognises = (raw: Raw): number => {
  if (liesIn(raw.file, '.claude/agents')) return 1
  if (headShows(raw, (head) => 'permissionMode' in head || 'disallowedTools' in head || 'maxTurns' in head))
    return 0.8
  const speaks = headShows(raw, ({ tools, model: said }) => {
    const words = Array.isArray(tools) ? tools.map(wordOf) : wordOf(tools).split(/\s*,\s*/)
    return words.some((word) => CAPITALISED.test(word)) || /^(sonnet|opus|haiku|inherit)$/.test(wordOf(said))
  })
  if (speaks) return 0.8
  return headShows(raw, (head) => 'name' in head) ? 0.2 : 0
}

const install = ({ agent, command, uninstall }: InstallOptions) => [
  agentFile(
    '.claude/agents/plimsoll-backend.md',
    { name: 'plimsoll-backend', description: agent.description },
    agent,
    uninstall,
  ),
  serverEntry(
    '.mcp.json',
    ['mcpServers', 'plimsoll'],
    { command: command.file, args: [...command.args, 'mcp'] },
    uninstall,
  ),
  hookEntry(
    '.claude/settings.json',
    ['hooks', 'Stop'],
    { hooks: [{ type: 'command', command: commandLine(command, 'claude-code'), timeout: 600 }] },
    uninstall,
  ),
]

/** **Contract:** pure. */
export default defineHost({
  id: 'claude-code',
  name: 'Claude Code',
  agentFiles: ['.claude/agents/**/*.md'],
  contextFiles: ['CLAUDE.md', '.claude/CLAUDE.md', '.claude/skills/*/SKILL.md'],
  recognises,
  read: (raw) => readMarkdown(raw, DIALECT),
  install,
  notes: ['Claude Code asks once whether it may start the server of .mcp.json.'],
})
