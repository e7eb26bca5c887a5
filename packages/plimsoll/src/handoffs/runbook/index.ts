import { readLoadLine, tellLoad } from '../../model/reading/load-line.ts'
import type { Verdict } from '../../model/verdict.ts'
import { defineHandoff, type HandoffInput } from '../define.ts'
import { figureOf, healthOf, isDefect, portOf, sourceLine, variablesOf } from '../facts.ts'

const command = (text: string | undefined) =>
  text === undefined ? 'not found in the repository' : `\`${text}\``

const basics = ({ service, run }: HandoffInput): string[] => {
  const { port, env } = portOf(service)
  const { ready, live } = healthOf(service)
  const migrate = service.migrations.find(({ apply }) => apply !== null)
  const recovery = figureOf(run, 'restart-recovery', 'recovery')
  return [
    `- starts with ${command(service.start[0]?.command)}${service.build === null ? '' : `, after ${command(service.build.command)}`}`,
    `- listens on ${env === null ? port : `\`${env}\` (default ${port})`}`,
    `- readiness: ${ready === null ? 'no route' : `\`GET ${ready}\``} · liveness: ${live === null ? 'no route' : `\`GET ${live}\``}`,
    `- stores: ${service.stores.map(({ store }) => store.replace('unsupported:', '')).join(', ') || 'none'}`,
    `- migrations: ${migrate?.apply == null ? 'none to apply by hand' : command(migrate.apply.command)}`,
    recovery === null
      ? '- time from a crash to the first good answer: not measured'
      : `- time from a crash to the first good answer: ${recovery.value.toFixed(1)} ${recovery.unit}, measured (${recovery.method})`,
  ]
}

const environment = ({ service }: HandoffInput): string[] => {
  const variables = variablesOf(service)
  if (variables.length === 0) return ['None was found.']
  return [
    '| variable | needed | secret | default |',
    '| --- | --- | --- | --- |',
    ...variables.map(
      ({ name, required, secret, default: fallback }) =>
        `| \`${name}\` | ${required ? 'yes' : 'no'} | ${secret ? 'yes' : 'no'} | ${fallback === null ? '' : `\`${fallback}\``} |`,
    ),
  ]
}

type Scene = { title: string; probes: readonly string[]; steps: readonly string[] }

const SCENES: readonly Scene[] = [
  {
    title: 'It is down',
    probes: ['crash-on-store-loss', 'restart-recovery', 'lost-ack'],
    steps: [
      'Is the process there? Its last lines say why it ended.',
      'Is its store there? A process that ended with its store has to be started again by whoever supervises it.',
      'Start it again; then look at readiness, and at one read and one write.',
    ],
  },
  {
    title: 'Its store is away or slow',
    probes: ['slow-store', 'store-errors', 'health-truth', 'torn-write'],
    steps: [
      'Who waits for what: long statements and locks in the store.',
      'Take load away before restarting anything: a restart adds connections.',
      'Afterwards: are there rows without what belongs to them? The findings below name operations that leave some.',
    ],
  },
  {
    title: 'It is slow, or refuses',
    probes: ['load-line', 'growth', 'soak', 'statement-latency', 'query-count', 'exhaustion'],
    steps: [
      'Requests a second against the load line below.',
      'Is it one operation? Then its statements.',
      'More instances help only where the store is not the limit.',
    ],
  },
  {
    title: 'A deployment',
    probes: ['graceful-shutdown', 'durability-settings'],
    steps: [
      'Migrations first, those that old and new code both live with.',
      'One instance at a time, the next when the first is ready.',
      'Back: the previous image. A migration is taken back only by a new one.',
    ],
  },
]

const line = ({ id, title, subject, detail, severity }: Verdict) =>
  `- **${severity ?? ''}** \`${id}\` ${title}: ${subject}. ${detail}`

const scene = ({ run }: HandoffInput, { title, probes, steps }: Scene): string[] => {
  const own = (run?.verdicts ?? []).filter(({ probe }) => probes.includes(probe))
  const defects = own.filter(isDefect)
  const proven = own.filter(({ status }) => status === 'proven')
  return [
    `## ${title}`,
    '',
    ...steps.map((step, index) => `${index + 1}. ${step}`),
    '',
    own.length === 0
      ? 'What it does then was not tried.'
      : defects.length === 0
        ? 'What was tried held:'
        : 'Known, and not mended:',
    '',
    ...defects.map(line),
    ...(defects.length === 0 ? proven.map(({ title: said, detail }) => `- ${said}: ${detail}`) : []),
    '',
  ]
}

const load = ({ run }: HandoffInput): string[] => {
  const found = run === null ? null : readLoadLine(run)
  return found === null ? ['Not measured.'] : tellLoad(found.load).map((each) => `${each}  `)
}

const make = (input: HandoffInput): string =>
  [
    `# Runbook of ${input.service.name}`,
    '',
    ...[
      sourceLine(input),
      '',
      '## What it is',
      '',
      ...basics(input),
      '',
      '## Variables',
      '',
      ...environment(input),
      '',
    ],
    ...SCENES.flatMap((each) => scene(input, each)),
    ...['## What it carries', '', ...load(input), ''],
    '## Backups',
    '',
    'No backup was restored by Plimsoll. A backup that nobody restored is a hope: restore one, and write down here how',
    'long it took and what was missing.',
    '',
  ].join('\n')

export default defineHandoff({
  id: 'runbook',
  title: 'A runbook, with what was seen when things break',
  for: 'devops',
  make: (input) => [{ path: 'runbook.md', text: make(input) }],
})
