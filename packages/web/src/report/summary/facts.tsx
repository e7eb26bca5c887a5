import { formatDuration, formatNumber } from '../../../../plimsoll/src/base/text/numbers.ts'
import type { Run } from '../../../../plimsoll/src/model/run.ts'
import { CommandLine } from '../controls/command-line.tsx'

const when = (iso: string) => {
  const date = new Date(iso)
  const day = date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`
}

const commitOf = ({ system }: Run) =>
  system.commit === null ? 'no commit' : `${system.commit.slice(0, 7)}${system.dirty ? ' + changes' : ''}`

const servicesOf = ({ system }: Run) =>
  system.services.map((it) => {
    const version = it.framework?.version?.split('.')[0] ?? ''
    const stores = [...new Set(it.stores.map((store) => store.store.replace('unsupported:', '')))]
    const framework = it.framework === null ? it.language : `${it.framework.name} ${version}`.trim()
    return [framework, `${it.routes.length} routes`, ...stores].join(' · ')
  })

/** Where and how this was proved: what somebody needs to doubt it, or to do it again. */
export const Facts = ({ run }: { run: Run }) => {
  const { machine } = run
  const facts: [string, string][] = [
    ['Commit', commitOf(run)],
    ...servicesOf(run).map((text): [string, string] => ['Service', text]),
    ['Proved', `${when(run.startedAt)}, in ${formatDuration(run.durationMs)}`],
    [
      'Machine',
      `${machine.cores} cores · ${formatNumber(Math.round(machine.memoryMb / 1024))} GB · ${machine.platform} · Node ${machine.node.replace(/^v/, '')}`,
    ],
    [
      'With',
      `plimsoll ${run.plimsoll} · seed ${run.seed} · fails on ${run.failOn}${run.strict ? ' · strict' : ''}`,
    ],
  ]
  return (
    <div class="facts">
      <dl>
        {facts.map(([name, value]) => (
          <div key={name + value}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <CommandLine command={`plimsoll prove ${run.target}`.trimEnd()} what="the command that proved it" />
    </div>
  )
}
