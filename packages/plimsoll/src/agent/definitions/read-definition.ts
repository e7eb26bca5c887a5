import { basename } from 'node:path'
import type { Host, Raw } from '../../hosts/define.ts'
import { AgentDefinition, type DefinitionProblem } from '../../model/agent.ts'
import { readFacts } from './facts/read-facts.ts'
import { resolveModelName } from './model-names.ts'

export type ReadDefinition = {
  /** null: it was left out, and an error among the problems says why */
  definition: AgentDefinition | null
  problems: readonly DefinitionProblem[]
}

const ENDINGS = /(\.agent|\.chatmode)?\.(md|mdc|toml|json)$/

/** `.opencode/agents/team/review.md` is `team/review`: what lies below the folder of agents counts. */
const nameOfFile = (file: string): string =>
  (/(?:^|\/)(?:agents?|chatmodes)\/(.+)$/.exec(file)?.[1] ?? basename(file)).replace(ENDINGS, '')

/** Lower case without blanks, so that it can be called by `@name`. */
const callable = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
    .replace(/[^\p{L}\p{N}/.-]/gu, '')

const firstSentence = (text: string): string => {
  const line = text.split('\n').find((one) => one.trim() !== '' && !/^\s*(#|<!--|---|```)/.test(one)) ?? ''
  return (/^.*?[.!?](?=\s|$)/.exec(line.trim())?.[0] ?? line.trim()).slice(0, 200)
}

const lineIn = (text: string, value: string): number | null => {
  const index = text.split('\n').findIndex((line) => line.includes(value))
  return index === -1 ? null : index + 1
}

/** Reads one file by a host's dialect. Throws nothing about what it reads. */
export const readDefinition = (host: Host, raw: Raw): ReadDefinition => {
  const { agent, bodyLine, problems } = host.read(raw)
  const said = [...problems]
  const add = (level: 'error' | 'warning', line: number | null, problem: string, fix: string) =>
    said.push({ level, file: raw.file, line, problem, fix })
  const isBroken = said.some(({ level }) => level === 'error')
  if (!isBroken && agent.instructions.trim() === '')
    add('error', null, 'It has no instructions', 'Write below the head what the agent is to do.')
  if (!isBroken && (agent.unknown?.disable === true || agent.unknown?.disabled === true))
    add('error', lineIn(raw.text, 'disable'), 'It is turned off', 'Take that key out to have it.')
  const name = callable(agent.name ?? '') || callable(nameOfFile(raw.file))
  if (!isBroken && name === '')
    add(
      'error',
      null,
      'It has no name that could be called',
      'Write "name: " with letters, digits and dashes.',
    )
  if (said.some(({ level }) => level === 'error')) return { definition: null, problems: said }
  const { warning } = resolveModelName(agent.model ?? null)
  if (warning !== null) {
    const line = lineIn(raw.text, agent.model ?? '')
    add('warning', line, warning, 'Name a current model, or take the key out to use the one that is set up.')
  }
  const description = agent.description ?? firstSentence(agent.instructions)
  if (agent.description === undefined)
    add('warning', 1, 'It has no description', 'Add "description: …", one sentence on when to use it.')
  const definition = AgentDefinition.parse({
    tools: { kind: 'inherit' },
    ...agent,
    name,
    description,
    dialect: host.id,
    file: raw.file,
    facts: readFacts(agent.instructions, bodyLine),
  })
  return { definition, problems: said }
}
