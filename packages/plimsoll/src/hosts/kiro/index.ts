import type { Rule } from '../../model/agent.ts'
import { defineHost, type Raw, type ReadAgent } from '../define.ts'
import {
  description,
  type Field,
  from,
  instructions,
  isRecord,
  model,
  name,
  problemIn,
  servers,
  tools,
  toolsOf,
  wordOf,
  wordsOf,
} from '../fields.ts'
import { type Dialect, headShows, liesIn, readHead, readMarkdown } from '../read-agent.ts'

/** Tools that need no question. */
const allowedTools: Field = (value, place) => {
  const words = wordsOf(value) ?? []
  const rules = toolsOf(words, place).ids.map(
    (tool): Rule => ({ tool, pattern: '*', action: 'allow', from: from(place) }),
  )
  return { permissions: rules }
}

const ACTIONS: readonly Rule['action'][] = ['allow', 'ask', 'deny']

/** `[{ capability: shell, effect: allow, match: ["npm *"] }]` */
const permissions: Field = (value, place) => {
  if (!Array.isArray(value)) return {}
  return {
    permissions: value.flatMap((item: unknown): Rule[] => {
      const action = isRecord(item) ? ACTIONS.find((known) => known === item.effect) : undefined
      if (!isRecord(item) || action === undefined) {
        place.warn(
          'a permission has no effect',
          'Write "effect: allow", "ask" or "deny" beside its capability.',
        )
        return []
      }
      const patterns = item.match === undefined ? ['*'] : (wordsOf(item.match) ?? ['*'])
      return toolsOf([wordOf(item.capability ?? '*')], place).ids.flatMap((tool) =>
        patterns.map((pattern) => ({ tool, pattern, action, from: from(place) })),
      )
    }),
  }
}

const DIALECT: Dialect = {
  fields: {
    name,
    description,
    model,
    tools,
    allowedTools,
    permissions,
    prompt: instructions,
    mcpServers: servers,
  },
  silent: [
    ...[
      '$schema',
      'resources',
      'hooks',
      'toolAliases',
      'toolsSettings',
      'useLegacyMcpJson',
      'includeMcpJson',
    ],
    ...['includePowers', 'keyboardShortcut', 'welcomeMessage'],
  ],
  tools: { write: ['write', 'edit', 'patch'], fs_write: ['write', 'edit', 'patch'] },
}

const lineOf = (text: string) => (key: string) => {
  const index = text.split('\n').findIndex((line) => line.includes(`"${key}"`))
  return index === -1 ? null : index + 1
}

const failed = (raw: Raw, line: number | null, problem: string, fix: string): ReadAgent => ({
  agent: { instructions: '' },
  bodyLine: 1,
  problems: [problemIn(raw.file, line, problem, fix)],
})

/** A prompt may lie in a file of its own: `file://./prompt.md`. */
const promptOf = (
  raw: Raw,
  values: Record<string, unknown>,
): { text: string } | { missing: string } | null => {
  const said = values.prompt
  const path = typeof said === 'string' ? /^file:\/\/(.+)$/.exec(said.trim())?.[1] : undefined
  if (path === undefined) return null
  const text = raw.beside?.(path) ?? null
  return text === null ? { missing: path } : { text }
}

const readJson = (raw: Raw): ReadAgent => {
  let values: unknown
  try {
    values = JSON.parse(raw.text.replace(/^\uFEFF/, ''))
  } catch (thrown) {
    const [, position] = /position (\d+)/.exec(String(thrown)) ?? []
    const line = position === undefined ? null : raw.text.slice(0, Number(position)).split('\n').length
    return failed(
      raw,
      line,
      'It is no valid JSON',
      'Mend that line: a comma or a quote is missing, or one too many.',
    )
  }
  if (!isRecord(values)) return failed(raw, 1, 'It is no JSON object', 'Write { "name": …, "prompt": … }.')
  const at = lineOf(raw.text)
  const prompt = promptOf(raw, values)
  if (prompt !== null && 'missing' in prompt)
    return failed(
      raw,
      at('prompt'),
      `Its prompt is in ${prompt.missing}, which cannot be read`,
      'Correct the path; it is relative to this file and stays inside the workspace.',
    )
  const found = prompt === null ? values : { ...values, prompt: prompt.text }
  return readHead(
    {
      file: raw.file,
      values: found,
      lineOf: at,
      body: '',
      bodyLine: prompt === null ? (at('prompt') ?? 1) : 1,
    },
    DIALECT,
  )
}

const recognises = (raw: Raw): number => {
  if (liesIn(raw.file, '.kiro/agents')) return 1
  if (raw.file.endsWith('.json')) return 0.9
  return headShows(raw, (head) => 'welcomeMessage' in head || 'resources' in head) ? 0.8 : 0
}

/** **Contract:** pure. */
export default defineHost({
  id: 'kiro',
  name: 'Kiro',
  agentFiles: ['.kiro/agents/*.json', '.kiro/agents/*.md'],
  contextFiles: ['.kiro/steering/*.md', '.kiro/skills/*/SKILL.md'],
  recognises,
  read: (raw) => (raw.file.endsWith('.json') ? readJson(raw) : readMarkdown(raw, DIALECT)),
})
