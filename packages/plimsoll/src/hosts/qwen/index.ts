import { defineHost, type Raw } from '../define.ts'
import {
  description,
  type Field,
  isRecord,
  model,
  name,
  servers,
  temperature,
  tools,
  turns,
  without,
  wordOf,
} from '../fields.ts'
import { type Modes, permissionModes } from '../permission-modes.ts'
import { type Dialect, headShows, liesIn, readMarkdown } from '../read-agent.ts'

const MODES: Modes = {
  default: [[], 'ask'],
  bubble: [[], 'ask'],
  plan: [['write', 'edit', 'patch', 'bash'], 'deny'],
  'auto-edit': [['write', 'edit', 'patch'], 'allow'],
  yolo: [['*'], 'allow'],
}

const approvalMode = permissionModes('approvalMode', MODES, 'yolo')

const modelConfig: Field = (value, place) =>
  isRecord(value)
    ? {
        ...('model' in value && model(value.model, place)),
        ...('temp' in value && temperature(value.temp, place)),
        ...('temperature' in value && temperature(value.temperature, place)),
      }
    : {}

const runConfig: Field = (value, place) =>
  isRecord(value) && 'max_turns' in value ? turns(value.max_turns, place) : {}

const DIALECT: Dialect = {
  fields: {
    ...{ name, description, model, tools, approvalMode, modelConfig, runConfig },
    disallowedTools: without,
    maxTurns: turns,
    mcpServers: servers,
  },
  silent: ['color', 'level', 'background', 'isolation', 'hooks', 'skills'],
}

const recognises = (raw: Raw): number => {
  if (liesIn(raw.file, '.qwen/agents')) return 1
  if (headShows(raw, (head) => 'approvalMode' in head || 'modelConfig' in head || 'runConfig' in head))
    return 0.9
  return headShows(raw, ({ model: said }) => /^qwen/.test(wordOf(said))) ? 0.75 : 0
}

/** **Contract:** pure. */
export default defineHost({
  id: 'qwen',
  name: 'Qwen Code',
  agentFiles: ['.qwen/agents/*.md'],
  contextFiles: ['QWEN.md', '.qwen/skills/*/SKILL.md'],
  recognises,
  read: (raw) => readMarkdown(raw, DIALECT),
})
