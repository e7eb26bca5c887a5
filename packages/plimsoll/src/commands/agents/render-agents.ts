import type { Definitions } from '../../agent/definitions/load-definitions.ts'
import { formatCount } from '../../base/text/numbers.ts'
import { truncate, wrap } from '../../base/text/wrap.ts'
import type { AgentDefinition, DefinitionProblem } from '../../model/agent.ts'

const MARKS: Record<DefinitionProblem['level'], string> = { error: '✖', warning: '·' }

const placeOf = ({ file, line }: DefinitionProblem) => (line === null ? file : `${file}:${line}`)

/** `1 agent left out`, then each problem with its place and what to do about it. */
export const problemLines = (problems: readonly DefinitionProblem[], width: number): string[] =>
  problems.flatMap((problem) => [
    `  ${MARKS[problem.level]} ${placeOf(problem)}`,
    ...wrap(problem.problem, { width, indent: '    ' }),
    ...wrap(problem.fix, { width, indent: '    → ', hanging: '      ' }),
  ])

export const renderProblems = (problems: readonly DefinitionProblem[], width: number): string =>
  `${problemLines(problems, width).join('\n')}\n`

const row = (agent: AgentDefinition, nameWidth: number, placeWidth: number, width: number): string => {
  const lead = `  ${agent.name.padEnd(nameWidth)}  ${(agent.file ?? 'built-in').padEnd(placeWidth)}  `
  return `${lead}${truncate(agent.description.replace(/\s+/g, ' '), Math.max(width - lead.length, 12))}`.trimEnd()
}

const block = (problems: readonly DefinitionProblem[], title: string, width: number): string[] =>
  problems.length === 0 ? [] : ['', `  ${title}`, ...problemLines(problems, width)]

/** The list of what was found, with what was left out and why. */
export const renderAgents = ({ definitions, problems }: Definitions, width: number): string => {
  const nameWidth = Math.max(...definitions.map(({ name }) => name.length))
  const placeWidth = Math.max(...definitions.map(({ file }) => file?.length ?? 8))
  const errors = problems.filter(({ level }) => level === 'error')
  const warnings = problems.filter(({ level }) => level === 'warning')
  return [
    '⦵ plimsoll agents',
    '',
    ...definitions.map((agent) => row(agent, nameWidth, placeWidth, width)),
    ...block(errors, `${formatCount(errors.length, 'file')} left out`, width),
    ...block(warnings, formatCount(warnings.length, 'warning'), width),
    '',
    '  next  plimsoll agents --explain <name>',
    '',
  ].join('\n')
}
