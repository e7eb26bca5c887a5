import { agentFile } from '../agent-file.ts'
import { defineHost, type InstallOptions, type Raw } from '../define.ts'
import {
  description,
  isRecord,
  mode,
  model,
  name,
  servers,
  temperature,
  tools,
  turns,
  wordOf,
} from '../fields.ts'
import { serverEntry } from '../install-entries.ts'
import { type Dialect, headShows, liesIn, readMarkdown } from '../read-agent.ts'
import { permission, permissions } from './permissions.ts'

const DIALECT: Dialect = {
  fields: {
    ...{ name, description, model, mode, temperature, tools, permission, permissions },
    steps: turns,
    maxSteps: turns,
    mcp: servers,
  },
  silent: [
    ...['disable', 'disabled', 'hidden', 'color', 'top_p', 'variant', 'options', 'prompt', 'reasoningEffort'],
    ...['textVerbosity', 'thinking', 'reasoning', 'category', 'agent'],
  ],
  tools: { edit: ['edit', 'write', 'patch'] },
}

const recognises = (raw: Raw): number => {
  if (liesIn(raw.file, '.opencode', 'opencode/agent', 'opencode/agents')) return 1
  const isToolMap = headShows(raw, ({ tools }) => isRecord(tools))
  if (isToolMap || headShows(raw, (head) => 'permission' in head || 'steps' in head || 'maxSteps' in head))
    return 0.9
  if (headShows(raw, ({ mode: said, model: named }) => said !== undefined || /^\w+\//.test(wordOf(named))))
    return 0.6
  return 0.1
}

const install = ({ agent, command, uninstall }: InstallOptions) => [
  agentFile(
    '.opencode/agents/plimsoll-backend.md',
    { description: agent.description, mode: 'all' },
    agent,
    uninstall,
  ),
  serverEntry(
    'opencode.json',
    ['mcp', 'plimsoll'],
    { type: 'local', command: [command.file, ...command.args, 'mcp'], enabled: true },
    uninstall,
  ),
]

/** **Contract:** pure. */
export default defineHost({
  id: 'opencode',
  name: 'opencode',
  agentFiles: [
    ...['.opencode/agents/**/*.md', '.opencode/agent/**/*.md'],
    ...['.config/opencode/agents/**/*.md', '.config/opencode/agent/**/*.md'],
  ],
  contextFiles: ['AGENTS.md', '.opencode/skills/*/SKILL.md', '.agents/skills/*/SKILL.md'],
  recognises,
  read: (raw) => readMarkdown(raw, DIALECT),
  install,
  notes: [
    'opencode runs no command when its agent ends, so nothing holds it back: ask for "plimsoll gate" yourself.',
  ],
})
