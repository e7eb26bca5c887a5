import { agentFile } from '../agent-file.ts'
import { defineHost, type InstallOptions, type Raw, type ReadAgent } from '../define.ts'
import {
  description,
  type Field,
  model,
  name,
  problemIn,
  servers,
  temperature,
  tools,
  turns,
  wordOf,
} from '../fields.ts'
import { commandLine, hookEntry, serverEntry } from '../install-entries.ts'
import { type Dialect, headShows, liesIn, readMarkdown } from '../read-agent.ts'

const nothing: Field = () => ({})

const DIALECT: Dialect = {
  fields: {
    ...{ name, description, model, temperature, tools },
    kind: nothing,
    max_turns: turns,
    mcpServers: servers,
    mcp_servers: servers,
  },
  silent: ['timeout_mins', 'display_name', 'color', 'auth', 'agent_card_url', 'agent_card_json'],
}

const SNAKE =
  /^(read_file|write_file|replace|run_shell_command|search_file_content|grep_search|list_directory|glob|read_many_files|google_web_search|web_fetch|write_todos|mcp_.*)$/

const recognises = (raw: Raw): number => {
  if (liesIn(raw.file, '.gemini/agents', 'gemini-cli/agents')) return 1
  if (headShows(raw, (head) => 'max_turns' in head || 'timeout_mins' in head || 'kind' in head)) return 0.8
  const speaks = headShows(
    raw,
    ({ tools, model: said }) =>
      /^gemini-/.test(wordOf(said)) ||
      (Array.isArray(tools) && tools.some((tool) => SNAKE.test(wordOf(tool)) && tool !== 'glob')),
  )
  return speaks ? 0.7 : 0
}

const read = (raw: Raw): ReadAgent => {
  const found = readMarkdown(raw, DIALECT)
  if (!headShows(raw, ({ kind }) => kind === 'remote')) return found
  const fix = 'Write its instructions into a file of kind "local" to have it here.'
  const problem = problemIn(raw.file, null, 'It is a remote agent, which has no instructions to read', fix)
  return { ...found, problems: [...found.problems, problem] }
}

const install = ({ agent, command, uninstall }: InstallOptions) => [
  agentFile(
    '.gemini/agents/plimsoll-backend.md',
    { name: 'plimsoll-backend', description: agent.description, kind: 'local' },
    agent,
    uninstall,
  ),
  serverEntry(
    '.gemini/settings.json',
    ['mcpServers', 'plimsoll'],
    { command: command.file, args: [...command.args, 'mcp'] },
    uninstall,
  ),
  hookEntry(
    '.gemini/settings.json',
    ['hooks', 'AfterAgent'],
    {
      hooks: [
        { name: 'plimsoll', type: 'command', command: commandLine(command, 'gemini'), timeout: 600_000 },
      ],
    },
    uninstall,
  ),
]

/** **Contract:** pure. */
export default defineHost({
  id: 'gemini',
  name: 'Gemini CLI',
  agentFiles: ['.gemini/agents/*.md', '.config/gemini-cli/agents/*.md'],
  contextFiles: ['GEMINI.md', '.gemini/skills/*/SKILL.md'],
  recognises,
  read,
  install,
})
