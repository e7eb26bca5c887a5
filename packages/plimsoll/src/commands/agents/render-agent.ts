import type { StandardFigures } from '../../agent/definitions/facts/thresholds-of.ts'
import type { ModelName } from '../../agent/definitions/model-names.ts'
import { formatNumber } from '../../base/text/numbers.ts'
import { wrap } from '../../base/text/wrap.ts'
import type {
  AgentDefinition,
  DefinitionProblem,
  McpPreference,
  Rule,
  StatedThreshold,
} from '../../model/agent.ts'
import type { Standard } from '../../model/standard.ts'
import { problemLines } from './render-agents.ts'

export type Explained = {
  definition: AgentDefinition
  model: ModelName
  figures: StandardFigures
  problems: readonly DefinitionProblem[]
  standards: readonly Standard[]
}

const LABEL = 15

/** A label at the margin and its text beside it; nothing where there is no text. */
const entry = (label: string, text: string, width: number): string[] =>
  text === '' ? [] : wrap(text, { width, indent: `  ${label.padEnd(LABEL)}`, hanging: ' '.repeat(LABEL + 2) })

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `  ${title}`, ...lines]

const modelOf = ({ model: said }: AgentDefinition, { provider, model }: ModelName): string => {
  if (model === null) return 'the one that is set up'
  const used = provider === null ? model : `${provider}/${model}`
  return said === used ? used : `${said} → ${used}`
}

const toolsOf = ({ tools, without }: AgentDefinition): string => {
  const minus = without.length === 0 ? '' : `; never ${without.join(', ')}`
  if (tools.kind === 'inherit') return `what the session gives${minus}`
  if (tools.kind === 'only')
    return tools.tools.length === 0 ? 'none' : `these and no others: ${tools.tools.join(', ')}${minus}`
  const on = Object.keys(tools.tools).filter((id) => tools.tools[id])
  const off = Object.keys(tools.tools).filter((id) => !tools.tools[id])
  const parts = [
    ...(on.length > 0 ? [`on: ${on.join(', ')}`] : []),
    ...(off.length > 0 ? [`off: ${off.join(', ')}`] : []),
  ]
  return `what the session gives, changed: ${parts.join('; ')}${minus}`
}

const ruleLine = ({ tool, pattern, action, from }: Rule) =>
  `    ${action.padEnd(6)}${pattern === '*' ? tool : `${tool}  ${pattern}`}  (${from})`

const SIGNS: Record<StatedThreshold['comparison'], string> = {
  ...{ '<': '<', '<=': '≤', '>': '>', '>=': '≥', '=': '=' },
}

const figureOf = ({ comparison, value, unit }: StatedThreshold) =>
  `${SIGNS[comparison]} ${formatNumber(value)}${unit === '/s' ? '' : ' '}${unit}`

/** Names of figures are cut into a column of their own only up to this width. */
const MOST_NAME = 30

const thresholdLines = (thresholds: readonly StatedThreshold[]): string[] => {
  const longest = Math.max(...thresholds.map(({ name }) => name.length))
  const nameWidth = Math.min(longest, MOST_NAME)
  return thresholds.flatMap((threshold) => {
    const decides = threshold.standard ?? 'no experiment decides it'
    const rest = `${figureOf(threshold).padEnd(18)}${decides}`
    if (threshold.name.length > nameWidth)
      return [`    ${threshold.name}`, `    ${' '.repeat(nameWidth)}  ${rest}`]
    return [`    ${threshold.name.padEnd(nameWidth)}  ${rest}`]
  })
}

const RANKS: Record<McpPreference['rank'], string> = {
  ...{ primary: 'prefer', secondary: 'then', avoided: 'avoid' },
}

const serverLines = (mcp: readonly McpPreference[], width: number): string[] =>
  mcp.flatMap(({ server, rank, purpose, useCases, workflow, reason, alternative }) => {
    const indent = `    ${RANKS[rank].padEnd(8)}`
    const hanging = ' '.repeat(indent.length + 2)
    const more = [
      purpose,
      useCases.length > 0 ? `for: ${useCases.join(', ')}` : '',
      workflow.length > 0 ? `steps: ${workflow.join(' → ')}` : '',
      reason,
      alternative === '' ? '' : `instead: ${alternative}`,
    ].filter((text) => text !== '')
    return [`${indent}${server}`, ...more.flatMap((text) => wrap(text, { width, indent: hanging }))]
  })

const changesOf = ({ figures: { values, limits }, standards }: Explained): string => {
  const unitOf = (id: string) => standards.find((standard) => standard.id === id)?.threshold
  const changes = [
    ...Object.entries(values).map(([id, value]) => `${id} ${value} ${unitOf(id)?.unit ?? ''}`.trim()),
    ...Object.entries(limits).map(([id, limit]) => `${id} ${limit} ${unitOf(id)?.limitUnit ?? ''}`.trim()),
  ]
  return changes.length === 0 ? 'as they are: no figure differs' : `changed: ${changes.join(', ')}`
}

const turnsOf = ({ turns, temperature }: AgentDefinition) =>
  [
    ...(turns === null ? [] : [`at most ${turns} turns`]),
    ...(temperature === null ? [] : [`temperature ${temperature}`]),
  ].join(' · ')

/** Everything that was understood of one agent. */
export const renderAgent = (explained: Explained, width: number): string => {
  const { definition, model, problems } = explained
  const { facts } = definition
  const { extensions, directories, keywords } = facts.triggers
  const decided = facts.thresholds.some(({ standard }) => standard !== null)
  const lines = [
    `⦵ ${definition.name}  ${definition.dialect}${definition.file === null ? '' : ` · ${definition.file}`}`,
    '',
    ...entry('for', definition.description, width),
    ...entry('model', modelOf(definition, model), width),
    ...entry('tools', toolsOf(definition), width),
    ...entry('limits', turnsOf(definition), width),
    ...entry('servers', definition.servers.join(', '), width),
    ...entry('priorities', facts.priorities.join(' > '), width),
    ...(decided ? entry('standards', changesOf(explained), width) : []),
    ...entry('kept', Object.keys(definition.unknown).join(', '), width),
    ...section('PERMISSIONS  the last that matches wins', definition.permissions.map(ruleLine)),
    ...section('FIGURES', thresholdLines(facts.thresholds)),
    ...section('MCP', serverLines(facts.mcp, width)),
    ...section('ACTIVATION', [
      ...entry('  extensions', extensions.join(' '), width),
      ...entry('  folders', directories.join(' '), width),
      ...entry('  words', keywords.join(', '), width),
    ]),
    ...section(
      'COLLABORATION',
      facts.collaboration.flatMap(({ with: partner, items }) =>
        entry(`  ${partner}`, items.join('; '), width),
      ),
    ),
    ...section('TO MEND', problemLines(problems, width)),
    '',
  ]
  return lines.join('\n')
}
