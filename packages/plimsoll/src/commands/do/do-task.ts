import { type Assembled, assembleSession, type SessionWishes } from '../../agent/assemble/assemble-session.ts'
import type { AgentParts, Part } from '../../agent/assemble/parts.ts'
import { findSession } from '../../agent/journal/session-places.ts'
import type { AgentEvent } from '../../agent/loop/events.ts'
import { fault } from '../../base/errors/fault.ts'
import { EXIT } from '../../base/errors/table.ts'
import type { CommandContext } from '../define.ts'
import { reserveOutput } from '../reserve-output.ts'
import type { DoInput } from './index.ts'
import { renderOutcome } from './render-outcome.ts'

/** An empty task goes on where the session was left. */
const GO_ON = ''

/** `--resume "add tests"` names no session: the words behind it are the task. */
const wordsOf = ({ task, resume }: DoInput) => {
  const isTask = typeof resume === 'string' && /\s/.test(resume)
  const words = [...(isTask ? [resume] : []), ...task].join(' ').trim()
  const session = typeof resume === 'string' && !isTask ? resume : undefined
  return { words, session }
}

const wishesOf = async (input: DoInput, cwd: string): Promise<SessionWishes> => {
  const { session } = wordsOf(input)
  const isResumed = input.resume !== undefined && input.resume !== false
  const id = input.fork ?? session
  const { dollars = null, tokens = null, minutes = null } = input.budget ?? {}
  return {
    agent: input.agent ?? null,
    model: input.model ?? null,
    budget: { dollars, tokens, minutes, turns: input.turns ?? null },
    resume:
      input.fork !== undefined || isResumed ? { id: await findSession(cwd, id), at: input.at ?? null } : null,
  }
}

type Listen = (event: AgentEvent) => void

/** With --json, stdout has events and nothing else: a configuration is a program, and may print. */
const listen = (input: DoInput, context: CommandContext): Listen => {
  if (!input.json) return (event) => context.talk?.on(event)
  const output = reserveOutput(context)
  return (event) => void output.write(`${JSON.stringify(event)}\n`)
}

/** `--yes` answers for the person, but not for what only they may answer. */
const yes =
  (somebody: Part['approve']): Part['approve'] =>
  async (approval) =>
    approval.inPerson === true ? ((await somebody?.(approval)) ?? 'no') : 'session'

const partOf = (input: DoInput, context: CommandContext, onEvent: Listen): Part & { readOnly: boolean } => {
  const { talk, signal } = context
  const somebody = input.json ? undefined : talk
  return {
    signal,
    onEvent,
    readOnly: input.readOnly,
    approve: input.yes ? yes(somebody?.approve ?? null) : (somebody?.approve ?? null),
    ask: somebody?.ask ?? null,
  }
}

const firstTask = async (input: DoInput, { talk }: CommandContext): Promise<string | null> => {
  const { words } = wordsOf(input)
  if (words !== '') return words
  if (input.resume !== undefined || input.fork !== undefined) return GO_ON
  const next = input.json ? null : talk?.next
  if (next) return next()
  throw fault('E_USAGE', { message: 'there is no task', command: 'plimsoll do' })
}

const perform = async (
  session: Assembled,
  input: DoInput,
  context: CommandContext,
  onEvent: Listen,
): Promise<number> => {
  const { stdout, talk, signal } = context
  const part = partOf(input, context, onEvent)
  let task = await firstTask(input, context)
  let exitCode: number = EXIT.proven
  while (task !== null) {
    const outcome = await session.run(task, part)
    talk?.done()
    exitCode =
      outcome.kind === 'interrupted' && signal.reason === 'SIGTERM' ? EXIT.terminated : outcome.exitCode
    const isShown = talk !== undefined && stdout.isTTY === true
    if (!input.json) stdout.write(renderOutcome(outcome, { width: stdout.columns ?? 80, isSaid: !isShown }))
    task = input.json || signal.aborted ? null : ((await talk?.next?.()) ?? null)
  }
  return exitCode
}

/** One command line of a session: its task, and on a terminal the tasks that follow. */
export const doTask = async (input: DoInput, context: CommandContext, parts: AgentParts): Promise<number> => {
  context.progress?.done()
  const onEvent = listen(input, context)
  const onNote = (text: string) => onEvent({ kind: 'note', text })
  const session = await assembleSession(context.cwd, await wishesOf(input, context.cwd), parts, {
    env: context.env,
    onNote,
  })
  try {
    return await perform(session, input, context, onEvent)
  } finally {
    context.talk?.done()
    await session.close()
  }
}
