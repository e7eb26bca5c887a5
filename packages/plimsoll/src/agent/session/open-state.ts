import { join } from 'node:path'
import type { Todo } from '../../tools/define.ts'
import type { Entry } from '../journal/journal.ts'
import type { Earlier } from '../loop/spending.ts'
import type { GateFile } from '../obligations/obligation.ts'
import { readStart, type Start, saveStart, takeStart } from '../obligations/trees/start.ts'
import { type Kept, rebuildMessages } from './rebuild.ts'
import type { SessionOptions } from './session.ts'
import { openWorkspace, type Past, type Workspace } from './workspace.ts'

/** What a session starts from: nothing, or its own journal. */
export type State = {
  start: Start
  kept: readonly Kept[]
  workspace: Workspace
  todo: readonly Todo[]
  isResumed: boolean
  /** the words that are worked on: those given now, or those that an interruption left undone */
  task: string
  /** everything that was asked for so far */
  asked: string
  /** of the session's budget: money and tokens of all its tasks, turns of the one that is gone on with */
  earlier: Earlier
}

const STATES: readonly Todo['state'][] = ['open', 'doing', 'done', 'dropped']

const todoOf = (branch: readonly Entry[]): Todo[] => {
  const last = branch.findLast((entry) => entry.kind === 'todo')
  if (last?.kind !== 'todo') return []
  return last.items.map(({ text, state }) => ({ text, state: STATES.find((one) => one === state) ?? 'open' }))
}

const checkpointsIn = (branch: readonly Entry[]) =>
  branch.flatMap((entry) => (entry.kind === 'checkpoint' ? [entry] : []))

const pastFrom = (snapshot: string | undefined, since: readonly Entry[]): Past | null =>
  snapshot === undefined
    ? null
    : { snapshot, changed: [...new Set(checkpointsIn(since).flatMap(({ files }) => files))] }

/** Where the files stood at the start, and which steps changed since. */
const firstCheckpoint = (branch: readonly Entry[]) => pastFrom(checkpointsIn(branch)[0]?.snapshot, branch)

const spentIn = (entries: readonly Entry[]) =>
  entries.flatMap((entry) => (entry.kind === 'spent' ? [entry] : []))

/** What the journal says was spent; a fork pays for what it left behind, too. */
const spentBefore = (all: readonly Entry[], sinceTask: readonly Entry[]): Earlier => {
  const spent = spentIn(all)
  return {
    dollars: spent.reduce((sum, { dollars }) => sum + (dollars ?? 0), 0),
    tokens: spent.reduce((sum, { input, output }) => sum + input + output, 0),
    turns: spentIn(sinceTask).length,
  }
}

const tasksIn = (branch: readonly Entry[]): string[] =>
  branch.flatMap((entry) => (entry.kind === 'begin' ? [entry.task] : []))

const lastBegin = (branch: readonly Entry[]): number =>
  branch.findLastIndex((entry) => entry.kind === 'begin' && entry.task.trim() !== '')

/** The last task that was given in words, and where the files stood then. */
const lastTask = (branch: readonly Entry[]): { words: string; given: Past | null } => {
  const at = lastBegin(branch)
  const begin = branch[at]
  const before = checkpointsIn(branch.slice(0, Math.max(0, at))).at(-1) ?? checkpointsIn(branch)[0]
  return {
    words: begin?.kind === 'begin' ? begin.task : '',
    given: pastFrom(before?.snapshot, branch.slice(at + 1)),
  }
}

const plainGates = (gates: readonly GateFile[]) => gates.map(({ file, kind, hash }) => ({ file, kind, hash }))

/** Reads the workspace as it is, or takes up a journal where it ended. */
export const openState = async (options: SessionOptions): Promise<State> => {
  const { root, families, journal, checkpoints, files } = options
  const branch = journal.branch()
  const isResumed = branch.some((entry) => entry.kind === 'begin')
  const goesOn = options.task.trim() === ''
  const spent = spentBefore(journal.all?.() ?? branch, goesOn ? branch.slice(lastBegin(branch) + 1) : [])
  const place = join(journal.dir, 'start.json')
  const earlier = isResumed ? await readStart(place) : null
  const start = earlier ?? (await takeStart(root, families))
  const begin = {
    ...{ task: options.task, agent: options.agent.name, model: options.model.id, version: 1 },
  }
  await journal.append({ kind: 'begin', ...begin })
  if (earlier === null) {
    await saveStart(start, place)
    await journal.append({ kind: 'gates', files: plainGates(start.gates) })
  }
  if (isResumed && earlier === null)
    await journal.append({
      kind: 'note',
      text: 'How the workspace was at the first start is not known any more: what is changed from now on is proved.',
    })
  const last = goesOn ? lastTask(branch) : { words: options.task, given: null }
  const ports = { checkpoints, journal, files }
  const workspace = await openWorkspace(ports, firstCheckpoint(branch), last.given)
  return {
    ...{ start, workspace, isResumed },
    ...{
      kept: rebuildMessages(branch),
      todo: todoOf(branch),
      task: last.words,
      asked: [...tasksIn(branch), options.task].join('\n'),
      earlier: spent,
    },
  }
}
