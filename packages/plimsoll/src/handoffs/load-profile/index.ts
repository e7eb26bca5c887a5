import type { Evidence } from '../../model/evidence.ts'
import { readLoadLine, tellLoad } from '../../model/reading/load-line.ts'
import type { Run } from '../../model/run.ts'
import { defineHandoff, type HandoffInput } from '../define.ts'
import { cell, sourceLine, verdictsOf } from '../facts.ts'

const evidenceOf = <Kind extends Evidence['kind']>(run: Run | null, kind: Kind) =>
  (run?.verdicts ?? [])
    .flatMap(({ evidence }) => evidence)
    .filter((each): each is Extract<Evidence, { kind: Kind }> => each.kind === kind)

const round = (value: number) => Number(value.toPrecision(3))

const lineOf = ({ run }: HandoffInput): string[] => {
  const found = run === null ? null : readLoadLine(run)
  if (found === null) return ['Not measured. `plimsoll prove --only load-line`']
  const { points } = found.load
  return [
    ...tellLoad(found.load).map((each) => `${each}  `),
    '',
    '| rate a second | p50 ms | p99 ms | slow | failed | inside the standard |',
    '| ---: | ---: | ---: | ---: | ---: | --- |',
    ...points
      .toSorted((a, b) => a.ratePerSecond - b.ratePerSecond)
      .map(
        ({ ratePerSecond, p50Ms, p99Ms, slowShare, failedShare, side }) =>
          `| ${round(ratePerSecond)} | ${round(p50Ms)} | ${round(p99Ms)} | ${round(slowShare * 100)} % | ${round(failedShare * 100)} % | ${side} |`,
      ),
  ]
}

const latencies = ({ run }: HandoffInput): string[] => {
  const [found] = evidenceOf(run, 'latencies')
  if (found === undefined) return ['Not measured.']
  return [
    `At ${round(found.latencies.ratePerSecond)} requests a second:`,
    '',
    '| operation | n | p50 ms | p90 ms | p99 ms | longest ms |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...found.latencies.operations.map(
      ({ name, n, p50Ms, p90Ms, p99Ms, maxMs }) =>
        `| ${cell(name)} | ${n} | ${round(p50Ms)} | ${round(p90Ms)} | ${round(p99Ms)} | ${round(maxMs)} |`,
    ),
  ]
}

const growth = ({ run }: HandoffInput): string[] => {
  const found = evidenceOf(run, 'growth')
  if (found.length === 0) return ['Not measured. `plimsoll prove --only growth`']
  const operations = found.flatMap((each) => each.growth.operations)
  return [
    'Time grows with rows to this power (0: not at all, 1: in proportion):',
    '',
    '| operation | exponent | 95 % |',
    '| --- | ---: | --- |',
    ...operations.map(
      ({ name, exponent, interval: [low, high] }) =>
        `| ${cell(name)} | ${round(exponent)} | ${round(low)} to ${round(high)} |`,
    ),
  ]
}

const statements = ({ run }: HandoffInput): string[] => {
  const reach = (run?.lab.reach ?? []).filter(({ status }) => status !== null)
  if (reach.length === 0) return ['Not measured.']
  return [
    '| operation | statements |',
    '| --- | ---: |',
    ...reach
      .toSorted((a, b) => b.statements - a.statements)
      .map(({ route, statements: count }) => `| ${cell(route)} | ${count} |`),
  ]
}

const findings = ({ run }: HandoffInput): string[] => {
  const found = verdictsOf(run, 'performance').filter(({ status }) => status === 'refuted')
  return found.length === 0
    ? ['None.']
    : found.map(({ id, title, subject, detail }) => `- \`${id}\` ${title}: ${subject}. ${detail}`)
}

const machineOf = ({ run }: HandoffInput): string =>
  run === null
    ? 'No Run, no machine.'
    : `${run.machine.cores} cores, ${Math.round(run.machine.memoryMb / 1024)} GB, ${run.machine.platform}, Node ${run.machine.node}. Load came from the same machine.`

const make = (input: HandoffInput): string =>
  [
    `# Load profile of ${input.service.name}`,
    '',
    ...[sourceLine(input), '', '## Machine', '', machineOf(input), ''],
    ...[
      '## Load line',
      '',
      ...lineOf(input),
      '',
      '## Each operation under load',
      '',
      ...latencies(input),
      '',
    ],
    ...[
      '## Growth with the data',
      '',
      ...growth(input),
      '',
      '## Statements of one request',
      '',
      ...statements(input),
    ],
    ...['', '## Findings', '', ...findings(input), ''],
  ].join('\n')

const data = ({ run }: HandoffInput) => ({
  run: run?.id ?? null,
  loadLine: run === null ? null : (readLoadLine(run)?.load ?? null),
  latencies: evidenceOf(run, 'latencies')[0]?.latencies ?? null,
  growth: evidenceOf(run, 'growth').map((each) => each.growth),
  statements: Object.fromEntries((run?.lab.reach ?? []).map((each) => [each.route, each.statements])),
})

export default defineHandoff({
  id: 'load-profile',
  title: 'What it carries, what limits it, and how it grows',
  for: 'performance',
  make: (input) => [
    { path: 'load.md', text: make(input) },
    { path: 'load.json', text: `${JSON.stringify(data(input), null, 2)}\n` },
  ],
})
