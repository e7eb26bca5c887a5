import { parse, TomlError } from 'smol-toml'
import type { AgentDefinition } from '../../model/agent.ts'
import { agentFile } from '../agent-file.ts'
import { defineHost, type InstallOptions, type Raw, type ReadAgent } from '../define.ts'
import {
  description,
  type Field,
  instructions,
  model,
  name,
  problemIn,
  readOnly,
  servers,
  wordOf,
} from '../fields.ts'
import { commandLine, hookEntry, tomlServer } from '../install-entries.ts'
import { type Dialect, liesIn, readHead } from '../read-agent.ts'

const SANDBOXES = ['read-only', 'workspace-write', 'danger-full-access']

const sandbox: Field = (value, { warn }) => {
  if (value === 'read-only') return readOnly
  if (value === 'danger-full-access')
    warn(
      '"danger-full-access" does not lift the floor',
      'Nothing to do: nothing outside of the workspace is written.',
    )
  if (!SANDBOXES.includes(wordOf(value)))
    warn(`"sandbox_mode" is ${JSON.stringify(value)}`, `Write one of: ${SANDBOXES.join(', ')}.`)
  return {}
}

const DIALECT: Dialect = {
  fields: {
    ...{ name, description, model },
    developer_instructions: instructions,
    sandbox_mode: sandbox,
    mcp_servers: servers,
  },
  silent: [
    ...[
      'model_reasoning_effort',
      'model_reasoning_summary',
      'model_verbosity',
      'nickname_candidates',
      'web_search',
    ],
    ...['skills', 'approval_policy', 'model_provider', 'features', 'tools', 'sandbox_workspace_write'],
  ],
}

const lineOf = (text: string) => (key: string) => {
  const index = text
    .split('\n')
    .findIndex((line) => new RegExp(`^\\s*(\\[\\s*)?"?${key}"?\\s*[=.\\]]`).test(line))
  return index === -1 ? null : index + 1
}

const tomlOf = (raw: Raw): { values: Record<string, unknown> } | { error: ReadAgent } => {
  try {
    return { values: parse(raw.text.replace(/^\uFEFF/, '')) }
  } catch (thrown) {
    const line = thrown instanceof TomlError ? thrown.line : null
    const said = thrown instanceof TomlError ? (thrown.message.split('\n')[0] ?? '') : String(thrown)
    const problem = problemIn(
      raw.file,
      line,
      said.replace(/^Invalid TOML document: /, ''),
      'Mend that line: the file has to be TOML.',
    )
    return { error: { agent: { instructions: '' }, bodyLine: 1, problems: [problem] } }
  }
}

const read = (raw: Raw): ReadAgent => {
  const found = tomlOf(raw)
  if ('error' in found) return found.error
  const at = lineOf(raw.text)
  const line = at('developer_instructions')
  const multi = /developer_instructions\s*=\s*("""|''')\r?\n/.test(raw.text)
  const bodyLine = (line ?? 1) + (multi ? 1 : 0)
  return readHead({ file: raw.file, values: found.values, lineOf: at, body: '', bodyLine }, DIALECT)
}

const recognises = (raw: Raw): number => {
  if (liesIn(raw.file, '.codex/agents') && raw.file.endsWith('.toml')) return 1
  return raw.file.endsWith('.toml') ? 0.9 : 0
}

const quoted = (text: string) => JSON.stringify(text)
/** A literal block keeps every backslash; three quotes in a row are the one thing that it cannot hold. */
const block = (text: string) =>
  text.includes("'''") ? quoted(text) : `'''\n${text.replace(/\n*$/, '')}\n'''`

const tomlAgent = (agent: AgentDefinition) =>
  [
    'name = "plimsoll-backend"',
    `description = ${quoted(agent.description)}`,
    `developer_instructions = ${block(agent.instructions)}`,
    '',
  ].join('\n')

const install = ({ agent, command, uninstall }: InstallOptions) => [
  agentFile('.codex/agents/plimsoll-backend.toml', tomlAgent(agent), agent, uninstall),
  tomlServer('.codex/config.toml', { command: command.file, args: [...command.args, 'mcp'] }, uninstall),
  hookEntry(
    '.codex/hooks.json',
    ['hooks', 'Stop'],
    { hooks: [{ type: 'command', command: commandLine(command, 'codex'), timeout: 600 }] },
    uninstall,
  ),
]

/** **Contract:** pure. */
export default defineHost({
  id: 'codex',
  name: 'Codex',
  agentFiles: ['.codex/agents/**/*.toml'],
  contextFiles: ['AGENTS.override.md', 'AGENTS.md', '.codex/skills/*/SKILL.md'],
  recognises,
  read,
  install,
  notes: ['Codex runs a new hook once you have trusted it: /hooks in its terminal.'],
})
