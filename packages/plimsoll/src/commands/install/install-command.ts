import { resolve } from 'node:path'
import { loadBuiltIn } from '../../agent/definitions/load-cast.ts'
import { fault } from '../../base/errors/fault.ts'
import { EXIT } from '../../base/errors/table.ts'
import { nearest } from '../../base/text/nearest.ts'
import { unifiedDiff } from '../../base/text/unified-diff.ts'
import { wrap } from '../../base/text/wrap.ts'
import { hosts } from '../../hosts/catalogue.generated.ts'
import type { Host, InstallOptions } from '../../hosts/define.ts'
import { openFiles } from '../../instruments/workspace/open-files.ts'
import type { CommandContext } from '../define.ts'
import type { InstallInput } from './index.ts'
import { type PlannedFile, planInstall } from './plan-install.ts'
import { type InstallRecord, RECORD_FILE, readRecord } from './record.ts'
import { writePlan } from './write-plan.ts'

/** How a host starts us: as the workspace has us installed, and fetched where it has not. */
const COMMAND = { file: 'npx', args: ['-y', 'plimsoll'] }

type Installing = Host & { install(options: InstallOptions): ReturnType<NonNullable<Host['install']>> }

const canInstall = (host: Host): host is Installing => host.install !== undefined

const findHost = (id: string): Installing => {
  const able = hosts.filter(canInstall)
  const host = able.find((one) => one.id === id)
  if (host !== undefined) return host
  const ids = able.map((one) => one.id)
  const close = nearest(id, ids)
  const candidates = close === null ? `There are: ${ids.join(', ')}` : `Did you mean "${close}"?`
  throw fault('E_UNKNOWN_ID', { id, candidates })
}

const changed = (planned: readonly PlannedFile[]) => planned.filter(({ before, after }) => before !== after)

/** Lines of a text that is new are shown by their number beyond this many. */
const MOST_LINES = 24

const shorten = (diff: string): string => {
  const lines = diff.trimEnd().split('\n')
  if (lines.length <= MOST_LINES) return `${lines.join('\n')}\n`
  const left = lines.length - MOST_LINES
  return `${lines.slice(0, MOST_LINES).join('\n')}\n… ${left} more lines\n`
}

const showPlan = (planned: readonly PlannedFile[]): string =>
  planned
    .map(({ file, what, before, after }) => `${what}\n${shorten(unifiedDiff(file, before, after))}`)
    .join('\n')

const recordOf = (record: InstallRecord, host: string, planned: readonly PlannedFile[]): InstallRecord => {
  const { [host]: _, ...others } = record
  const files = Object.fromEntries(
    planned.flatMap(({ file, installed }) => (installed === null ? [] : [[file, installed] as const])),
  )
  return Object.keys(files).length === 0 ? others : { ...others, [host]: files }
}

const agree = async (input: InstallInput, host: Host, { talk }: CommandContext): Promise<boolean> => {
  if (input.yes) return true
  if (talk?.ask === undefined || talk.ask === null) {
    const verb = input.uninstall ? ' --uninstall' : ''
    throw fault('E_USAGE', {
      message: `Nobody can be asked here. To have it written: plimsoll install ${host.id}${verb} --yes`,
      command: 'plimsoll install',
    })
  }
  return (await talk.ask('Write these changes?', ['yes', 'no'])) === 'yes'
}

const summarise = (
  input: InstallInput,
  host: Host,
  planned: readonly PlannedFile[],
  width: number,
): string => {
  const files = planned.map(({ file }) => file).join(', ')
  const line = wrap(files, {
    width,
    indent: input.uninstall ? 'taken out  ' : 'written  ',
    hanging: input.uninstall ? '           ' : '         ',
  })
  const notes = input.uninstall ? [] : (host.notes ?? [])
  const said = notes.flatMap((note) => wrap(note, { width, indent: 'note     ', hanging: '         ' }))
  return `${[...line, ...said].join('\n')}\n`
}

/** `plimsoll install <host>`: exit 0 when it is as wanted; E_NOT_INSTALLED, and nothing written, when it cannot be. */
export const installCommand = async (input: InstallInput, context: CommandContext): Promise<number> => {
  const host = findHost(input.host)
  const files = await openFiles(resolve(context.cwd, input.dir))
  const agent = loadBuiltIn('backend')
  if (agent === null) throw fault('E_BUG', { message: 'the built-in agent did not load' })
  const bytes = await files.read(RECORD_FILE)
  const before = bytes === null ? null : Buffer.from(bytes).toString('utf8')
  const record = readRecord(before)
  const planned = await planInstall({
    files,
    changes: host.install({ agent, command: COMMAND, uninstall: input.uninstall }),
    earlier: record[host.id] ?? {},
    uninstall: input.uninstall,
  })
  const changes = changed(planned)
  if (changes.length === 0) {
    const state = input.uninstall ? 'Nothing of plimsoll is' : 'Everything is'
    context.stdout.write(`${state} there for ${host.name}. Nothing to change.\n`)
    return EXIT.proven
  }
  context.stdout.write(`${showPlan(changes)}\n`)
  if (input.dryRun) return EXIT.proven
  if (!(await agree(input, host, context))) {
    context.stdout.write('Nothing was changed.\n')
    return EXIT.proven
  }
  await writePlan(files, planned, { before, after: recordOf(record, host.id, planned) })
  context.stdout.write(summarise(input, host, changes, Math.min(context.stdout.columns ?? 80, 100)))
  return EXIT.proven
}
