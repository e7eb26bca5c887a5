import type { Verdict } from '../../model/verdict.ts'
import { defineHandoff, type HandoffInput } from '../define.ts'
import { cell, changesState, isDefect, sourceLine, variablesOf, verdictsOf } from '../facts.ts'

/** The six kinds of threat of STRIDE, and the standards of ours that speak of each. */
const THREATS: readonly { name: string; standards: readonly string[]; beyond: string }[] = [
  {
    name: 'Spoofing: somebody passes for somebody else',
    standards: ['security.authentication'],
    beyond: 'phishing, stolen devices, the identity provider itself',
  },
  {
    name: 'Tampering: data is changed by whom it does not belong to',
    standards: ['security.input', 'integrity.validation', 'integrity.acid'],
    beyond: 'the database reached without the service, backups, the build',
  },
  {
    name: 'Repudiation: nobody can say who did it',
    standards: ['security.audit'],
    beyond: 'whether log lines are kept, complete and out of reach: no experiment looks at that',
  },
  {
    name: 'Information disclosure: data is shown to whom it does not belong',
    standards: ['security.authorization', 'security.transport-storage'],
    beyond: 'encryption at rest, logs, analytics, third parties',
  },
  {
    name: 'Denial of service: a few requests stop it',
    standards: ['security.limits', 'reliability.fault-tolerance', 'performance.throughput'],
    beyond: 'attacks from many addresses, the network before the service',
  },
  {
    name: 'Elevation of privilege: somebody does what another role may',
    standards: ['security.authorization', 'security.input'],
    beyond: 'the container, the host, the pipeline',
  },
]

const line = ({ id, severity, title, subject, detail, places }: Verdict): string => {
  const [place] = places ?? []
  const at = place === undefined ? '' : ` (${place.file}:${place.line})`
  return `- **${severity ?? ''}** \`${id}\` ${title}: ${subject}${at}. ${detail}. \`plimsoll replay ${id}\``
}

const threat = ({ run }: HandoffInput, { name, standards, beyond }: (typeof THREATS)[number]): string[] => {
  const own = (run?.verdicts ?? []).filter(({ standard }) => standards.includes(standard))
  const refuted = own.filter(({ status }) => status === 'refuted')
  const count = (status: Verdict['status']) => own.filter((verdict) => verdict.status === status).length
  const tried =
    own.length === 0
      ? 'Nothing was tried.'
      : `${count('proven')} proven, ${refuted.filter(isDefect).length} refuted, ${count('inconclusive')} inconclusive.`
  const suspected = refuted.filter((verdict) => !isDefect(verdict))
  return [
    `### ${name}`,
    '',
    tried,
    '',
    ...refuted.filter(isDefect).map(line),
    ...(suspected.length > 0 ? ['', 'Suspected in the source, not proved:', '', ...suspected.map(line)] : []),
    '',
    `Not looked at: ${beyond}.`,
    '',
  ]
}

const GUARDS = { yes: 'guarded', no: 'open', unknown: 'unknown' } as const

const entries = ({ service }: HandoffInput): string[] => [
  '| operation | changes state | guard | validator | source |',
  '| --- | --- | --- | --- | --- |',
  ...service.routes.map((route) => {
    const { method, path, guard, validator, place } = route
    const state = changesState(route) ? 'yes' : 'no'
    return `| ${cell(`${method} ${path}`)} | ${state} | ${GUARDS[guard]} | ${validator} | ${place.file}:${place.line} |`
  }),
]

const assets = ({ service }: HandoffInput): string[] => [
  ...service.stores.map(
    ({ store, client }) => `- ${store.replace('unsupported:', '')}, reached through ${client}`,
  ),
  ...variablesOf(service)
    .filter(({ secret }) => secret)
    .map(({ name }) => `- the value of \`${name}\``),
]

const matrixOf = ({ run }: HandoffInput): string[] => {
  const found = verdictsOf(run, 'security')
    .flatMap(({ evidence }) => evidence)
    .find(({ kind }) => kind === 'matrix')
  if (found?.kind !== 'matrix') return ['Not measured: no two accounts were compared.']
  const { principals, rows } = found.matrix
  return [
    `| operation | object | ${principals.join(' | ')} |`,
    `| --- | --- | ${principals.map(() => '---').join(' | ')} |`,
    ...rows.map(({ operation, object, cells }) => {
      const shown = cells.map((each) => (each === null ? '' : `${each.status ?? 'none'} ${each.outcome}`))
      return `| ${cell(operation)} | ${cell(object)} | ${shown.join(' | ')} |`
    }),
  ]
}

const make = (input: HandoffInput): string =>
  [
    `# Threat model of ${input.service.name}`,
    '',
    sourceLine(input),
    '',
    '## What is worth protecting',
    '',
    ...(assets(input).length === 0 ? ['Nothing was found by reading.'] : assets(input)),
    '',
    '## Where it is entered',
    '',
    ...entries(input),
    '',
    '## Who may do what, as it was seen',
    '',
    ...matrixOf(input),
    '',
    '## Threats, and what was tried',
    '',
    ...THREATS.flatMap((each) => threat(input, each)),
    '## Not covered',
    '',
    ...(input.run?.notCovered.map((each) => `- ${each}`) ?? ['- everything: there is no Run']),
    '',
  ].join('\n')

export default defineHandoff({
  id: 'threat-model',
  title: 'Threat model, with the evidence of what was tried',
  for: 'security',
  make: (input) => [{ path: 'threat-model.md', text: make(input) }],
})
