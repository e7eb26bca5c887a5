import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assembleSession, type SessionWishes } from '../../agent/assemble/assemble-session.ts'
import type { AgentParts } from '../../agent/assemble/parts.ts'
import { journalFile, sessionDir } from '../../agent/journal/session-places.ts'
import type { Answer, Approval, Outcome, Spent } from '../../agent/loop/events.ts'
import type { Budget } from '../../agent/session/session.ts'
import { asFault } from '../../base/errors/fault.ts'
import { cutTo } from '../../base/text/fit.ts'
import { tellVerdict } from '../../engine/digest/tell-finding.ts'
import type { WriteRepair } from '../../engine/fix/fix-state.ts'
import { RUNS_DIR } from '../../engine/runs/locate-run.ts'
import { textOfRun } from '../../engine/save/save-run.ts'
import { writeWhole } from '../../instruments/files/write.ts'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import { stageCopy } from '../../lab/copy/stage-copy.ts'
import type { Patch } from '../../model/patch.ts'
import type { Run } from '../../model/run.ts'
import type { Finding } from '../../model/verdict.ts'
import { spentText } from '../session-lines.ts'

export type WriterOptions = {
  run: Run
  parts: AgentParts
  /** null: the one that is set up */
  model: string | null
  /** for all repairs together */
  budget: Budget
  env: Readonly<Record<string, string | undefined>>
  /** absolute folder that keeps the record of each session */
  recordsDir: string
  signal: AbortSignal
  onNote(text: string): void
}

const taskOf = (run: Run, finding: Finding): string =>
  [
    `Repair the finding ${finding.id} of this backend, and nothing else: the smallest change of the cause.`,
    `Keep what the API promises, and touch no test, specification or threshold. Prove it with only: ["${finding.probe}"].`,
    '',
    tellVerdict(run, finding),
  ].join('\n')

/** The folder is a copy that is thrown away, so a person need not be asked; what may leave it is for nobody here. */
const approve = async ({ inPerson }: Approval): Promise<Answer> => (inPerson === true ? 'no' : 'session')

const left = (all: number | null, spent: number): number | null =>
  all === null ? null : Math.max(0, all - spent)

const textOf = (path: string) => readFile(path, 'utf8').catch(() => null)

const changesIn = async (from: string, to: string, files: readonly string[]): Promise<Patch['changes']> => {
  const changes: Patch['changes'] = []
  for (const file of files) {
    const before = await textOf(join(from, file))
    const after = await textOf(join(to, file))
    if (before !== after) changes.push({ file, before, after })
  }
  return changes
}

const MOST_TURNS = 40

type Written = { outcome: Outcome; model: string }

/** One session of the agent in a copy of the ground, with the Run at hand that the finding is of. */
const writeIn = async (
  root: string,
  finding: Finding,
  budget: Budget,
  options: WriterOptions,
): Promise<Written> => {
  const { run, parts, env, signal, onNote, recordsDir } = options
  await writeWhole(join(root, RUNS_DIR, run.id, 'run.json'), textOfRun(run))
  const wishes: SessionWishes = { agent: 'backend', model: options.model, budget, resume: null }
  const session = await assembleSession(root, wishes, parts, { env, onNote })
  let model = ''
  try {
    const outcome = await session.run(taskOf(run, finding), {
      ...{ signal, approve, ask: null, readOnly: false },
      onEvent: (event) => {
        if (event.kind === 'begin') model = event.model
        if (event.kind === 'call') onNote(`${finding.id}: ${cutTo(event.title, 100)}`)
      },
    })
    await mkdir(recordsDir, { recursive: true })
    const record = journalFile(sessionDir(root, outcome.session))
    await copyFile(record, join(recordsDir, `${finding.id}.session.jsonl`))
    return { outcome, model }
  } finally {
    await session.close()
  }
}

/** What is wrong with a session whatever it changed; null where its changes are worth a proof. */
const obstacle = ({ outcome: { kind, reason, weakened } }: Written): string | null => {
  const [first] = weakened
  if (first !== undefined) return `the model weakened what judges it: ${first.file}: ${first.how}`
  return kind === 'failed' ? `the model could not be asked: ${reason}` : null
}

const readWritten = async (
  finding: Finding,
  written: Written,
  from: string,
  to: string,
): Promise<Patch | { reason: string }> => {
  const reason = obstacle(written)
  if (reason !== null) return { reason }
  const changes = await changesIn(from, to, written.outcome.changed)
  if (changes.length === 0) return { reason: `${written.model} changed nothing: ${written.outcome.reason}` }
  return { finding: finding.id, title: `Repair "${finding.title}"`, by: written.model, changes }
}

const NOTHING: Spent = { turns: 0, input: 0, output: 0, dollars: null }

const plus = (a: Spent, b: Spent): Spent => ({
  turns: a.turns + b.turns,
  input: a.input + b.input,
  output: a.output + b.output,
  dollars: b.dollars === null ? a.dollars : (a.dollars ?? 0) + b.dollars,
})

export type ModelWriter = { write: WriteRepair; spent(): Spent }

/**
 * Repairs by the agent, each in a copy of its own that is thrown away; only what changed in it is taken, and the
 * engine proves it like the patch of a fixer. Faults of one session are a reason, not an end.
 */
export const writeWithModel = (options: WriterOptions): ModelWriter => {
  const { budget, signal, onNote } = options
  const startedMs = performance.now()
  let spent = NOTHING
  const remaining = (): Budget => ({
    dollars: left(budget.dollars, spent.dollars ?? 0),
    tokens: left(budget.tokens, spent.input + spent.output),
    minutes: left(budget.minutes, (performance.now() - startedMs) / 60_000),
    turns: budget.turns ?? MOST_TURNS,
  })
  const isSpent = () => [remaining().dollars, remaining().tokens, remaining().minutes].includes(0)
  const write: WriteRepair = async (finding, root) => {
    if (isSpent()) return { reason: 'nothing is left of what the model may spend' }
    const supervisor = await openSupervisor()
    try {
      const copy = await stageCopy({ root, to: join(supervisor.scratchDir, 'copy'), install: false, signal })
      const written = await writeIn(copy.root, finding, remaining(), options)
      spent = plus(spent, written.outcome.spent)
      onNote(`${finding.id}: ${written.outcome.reason} ${spentText(written.outcome.spent)}`)
      return await readWritten(finding, written, root, copy.root)
    } catch (thrown) {
      signal.throwIfAborted()
      return { reason: `the model could not be asked: ${asFault(thrown).message}` }
    } finally {
      await supervisor.close()
    }
  }
  return { write, spent: () => spent }
}
