import { relative, sep } from 'node:path'
import { Fault } from '../../base/errors/fault.ts'
import type { Rule } from '../../model/agent.ts'
import type { Todo, Tool, ToolContext } from '../../tools/define.ts'
import { openConversation } from '../loop/conversation.ts'
import { converse, type LoopPorts, type Pace } from '../loop/converse.ts'
import type { Answer, Approval, Outcome } from '../loop/events.ts'
import { openGuard } from '../loop/guard.ts'
import { orAbort } from '../loop/or-abort.ts'
import { openMeter } from '../loop/spending.ts'
import { systemPrompt } from '../loop/system-prompt.ts'
import type { Ledger } from '../obligations/obligation.ts'
import { standingOf } from '../obligations/settle.ts'
import { evaluate } from '../policy/evaluate.ts'
import { findUnsaved } from '../policy/find-unsaved.ts'
import { redactOutput } from '../policy/redact-output.ts'
import { openRules, rulesOf } from '../policy/rules-of.ts'
import { compactionNote, FROM_ENGINE } from './compaction-note.ts'
import { delegateFrom } from './delegate.ts'
import { type Duties, openDuties } from './duties.ts'
import { readFacts } from './facts.ts'
import { objectionTo } from './objection.ts'
import { openState, type State } from './open-state.ts'
import { type Ending, outcomeOf } from './outcome.ts'
import type { RunSession, SessionOptions } from './session.ts'
import { openPursuit } from './until-proven.ts'

/** The last thing that the model said, for whoever reads the report. */
const lastWords = ({ conversation }: LoopPorts): string =>
  conversation
    .messages()
    .flatMap((message) => (message.role === 'assistant' && message.text.trim() !== '' ? [message.text] : []))
    .at(-1) ?? ''

type Work = { ports: LoopPorts; duties: Duties; state: State }

/** One question at a time, however many calls wait for an answer. */
const inTurn = (approve: SessionOptions['approve']): SessionOptions['approve'] => {
  if (approve === null) return null
  let last: Promise<unknown> = Promise.resolve()
  return (approval: Approval): Promise<Answer> => {
    const next = last.then(() => approve(approval))
    last = next.catch(() => undefined)
    return next
  }
}

const lend = (options: SessionOptions, state: State, signal: AbortSignal): Omit<ToolContext, 'delegate'> => {
  const { root, files, shell, door, journal, ask } = options
  let todo: readonly Todo[] = state.todo
  let spilled = 0
  return {
    ...{ root, signal, files, shell, door },
    todo: {
      read: () => todo,
      write: (items) => {
        todo = items
        // A journal that cannot be written shows with the next step.
        journal.append({ kind: 'todo', items: [...items] }).catch(() => {})
      },
    },
    spill: async (name, text) => {
      spilled += 1
      const dir = relative(root, journal.dir)
      const place = dir.startsWith('..') ? `.plimsoll/sessions/${journal.id}` : dir.split(sep).join('/')
      const file = `${place}/output/${spilled}-${name.replaceAll(/\W/g, '_')}.txt`
      await files.write(file, text)
      return file
    },
    ...(ask === null ? {} : { ask: (question, choices) => orAbort(ask(question, choices), signal) }),
  }
}

/** The engine's own programs run in the lab, whatever holds other commands back. */
const engineRules = (tools: readonly Tool[]): Rule[] =>
  tools
    .filter(({ mcp, effect }) => mcp && effect === 'executes')
    .map(({ id }) => ({ tool: id, pattern: '*', action: 'allow', from: 'plimsoll' }))

const open = async (options: SessionOptions, signal: AbortSignal): Promise<Work> => {
  const { agent, model, journal, onEvent: emit } = options
  const state = await openState(options)
  const { start, workspace } = state
  const granted = rulesOf(
    agent,
    options.tools.map(({ id }) => id),
  )
  const hasOthers = options.cast.some(({ name }) => name !== agent.name)
  const tools = options.tools.filter(
    ({ id, effect }) => granted.tools.includes(id) && (effect !== 'delegates' || hasOthers),
  )
  const duties = openDuties({ ...options, start, readStart: workspace.readStart })
  const conversation = openConversation(journal, state.kept)
  const context = { ...lend(options, state, signal), origins: duties.origins }
  const facts = await readFacts(options.root, start.system)
  const turns = Math.min(options.budget.turns ?? Infinity, agent.turns ?? Infinity)
  const budget = { ...options.budget, turns: Number.isFinite(turns) ? turns : null }
  const { enforcement } = options.shell
  const ports: Omit<LoopPorts, 'context'> = {
    ...{ agent: agent.name, model, tools, evaluate, journal, conversation, emit, signal },
    rules: openRules({
      place: { root: options.root, home: process.env.HOME ?? options.root },
      ...{ enforcement, person: [...engineRules(tools), ...options.rules], granted },
      unsaved: await findUnsaved(options.root),
    }),
    guard: openGuard(),
    allowed: new Set(),
    approve: inTurn(options.approve),
    epoch: workspace.epoch,
    checkpoint: workspace.step,
    redact: (text) => redactOutput(text, options.secrets?.() ?? []),
    temperature: agent.temperature,
    meter: openMeter(budget, model.price, () => performance.now(), { earlier: state.earlier }),
    system: systemPrompt({
      ...{ ...facts, tools: tools.map(({ id }) => id) },
      ...{ agent, root: options.root, gaps: enforcement.gaps, context: options.context },
      canAsk: options.ask !== null,
      standing: state.isResumed ? await duties.assess().then(() => duties.feedback()) : null,
      isChild: false,
    }),
    note: async () =>
      compactionNote({
        ...{ changed: workspace.changed(), feedback: duties.feedback(), todo: context.todo?.read() ?? [] },
        messages: conversation.messages(),
      }),
  }
  const delegate = delegateFrom({ options, ports, context, facts })
  return { ports: { ...ports, context: { ...context, delegate } }, duties, state }
}

const notRun = ({ obligations }: Ledger) => obligations.filter(({ state }) => state === 'not-run').length

/** Derives what is due and lets the engine run it; the journal and whoever watches are told. */
const proveWork = async (options: SessionOptions, duties: Duties, signal: AbortSignal) => {
  const { journal, onEvent: emit } = options
  const due = await duties.assess()
  let open = notRun(due)
  if (open > 0) emit({ kind: 'obligations', obligations: due.obligations, weakened: due.weakened })
  // What the time of one proof did not reach is no matter for the model, as long as the next one gets further.
  while (open > 0) {
    const left = notRun(await duties.prove(signal, (text) => emit({ kind: 'progress', id: 'proof', text })))
    if (left >= open || standingOf(duties.ledger()) === 'refuted') break
    open = left
  }
  await duties.compare(signal, (text) => emit({ kind: 'progress', id: 'proof', text }))
  // What a command left running may have changed files while they were proved: that evidence is of another tree.
  const ledger = due.obligations.length === 0 ? due : await duties.assess()
  if (ledger.obligations.length > 0 || ledger.weakened.length > 0) {
    emit({ kind: 'obligations', obligations: ledger.obligations, weakened: ledger.weakened })
    await journal.append({ kind: 'ledger', ledger })
  }
  return ledger
}

const tellModel = (attempt: number, feedback: string) =>
  `${FROM_ENGINE} You stopped, and the engine checked the work as it is (attempt ${attempt}).\n${feedback}\nexplain, findings and replay tell more of each. Stop again when it is mended.`

/** Why the work is not done although nothing of it is refuted; null where there is nothing to object to. */
const findObjection = async ({ state, duties }: Pick<Work, 'state' | 'duties'>): Promise<string | null> =>
  objectionTo({
    ...{ task: state.task, asked: state.asked, changes: duties.changes() },
    isWorkedOn: await state.workspace.isWorkedOn(),
  })

const tellObjection = (objection: string) =>
  `${FROM_ENGINE} You stopped, and the work is not done: ${objection} Mend that now. Where it has to stay so, say why, and stop again.`

/** Work and proof in turn, until the engine has nothing left to say or the model may not go on. */
const pursue = async (options: SessionOptions, work: Work, signal: AbortSignal): Promise<Ending> => {
  const { ports, duties } = work
  const next = openPursuit()
  const isAlone = options.ask === null && options.approve === null
  let isTold = false
  const pace: Pace = { tokensPerCharacter: null }
  for (;;) {
    const stop = await converse(ports, pace)
    if (stop.kind === 'refused')
      return { kind: 'failed', reason: 'The model refused to go on with this task' }
    const ledger = await proveWork(options, duties, signal)
    if (stop.kind === 'budget') return { kind: 'budget', reason: `The budget is spent: ${stop.reason}` }
    if (stop.kind === 'stuck') return { kind: 'stuck', reason: `It went in circles: ${stop.reason}` }
    const step = next(ledger)
    // A person who is there answers for themselves.
    const objection = step.kind === 'end' && isAlone && !isTold ? await findObjection(work) : null
    if (objection !== null) {
      isTold = true
      await ports.conversation.add({ role: 'user', text: tellObjection(objection) })
      continue
    }
    if (step.kind === 'end') return { kind: 'settled' }
    if (step.kind === 'stuck') return step
    await ports.conversation.add({ role: 'user', text: tellModel(step.attempt, duties.feedback() ?? '') })
  }
}

const begin = async (options: SessionOptions, { ports, state }: Work) => {
  const { agent, model, journal, task, shell, onEvent: emit } = options
  const head = { session: journal.id, agent: agent.name, model: model.id, task }
  emit({ kind: 'begin', ...head, enforcement: shell.enforcement.gaps })
  if (options.budget.dollars !== null && model.price === null)
    emit({
      kind: 'note',
      text: `The price of ${model.id} is not known: the budget of $${options.budget.dollars} cannot hold it.`,
    })
  const words =
    task.trim() === '' ? `${FROM_ENGINE} The session was interrupted. Go on where it stopped.` : task
  if (task.trim() !== '' || state.isResumed) await ports.conversation.add({ role: 'user', text: words })
}

/** An agent's session; see the contract of `RunSession`. */
export const runSession: RunSession = async (options) => {
  const { journal, onEvent: emit, budget } = options
  const overtime = new AbortController()
  const signal = AbortSignal.any([options.signal, overtime.signal])
  const work = await open(options, signal)
  const { ports, duties, state } = work
  const timer =
    budget.minutes === null ? undefined : setTimeout(() => overtime.abort(), budget.minutes * 60_000)
  const end = async (ending: Ending): Promise<Outcome> => {
    const outcome = outcomeOf(ending, {
      ...{ ledger: duties.ledger(), spent: ports.meter.spent(), session: journal.id },
      changed: await state.workspace.settleChanged(),
      objection: await findObjection(work),
      said: lastWords(ports),
    })
    await journal.append({ kind: 'end', outcome: outcome.kind, exitCode: outcome.exitCode })
    emit({ kind: 'end', outcome })
    return outcome
  }
  try {
    await begin(options, work)
    return await end(await pursue(options, work, signal))
  } catch (thrown) {
    if (options.signal.aborted) return await end({ kind: 'interrupted', reason: 'It was interrupted' })
    if (overtime.signal.aborted)
      return await end({
        kind: 'budget',
        reason: `The budget is spent: the ${budget.minutes} minutes are over`,
      })
    if (!(thrown instanceof Fault) || thrown.kind !== 'model') throw thrown
    emit({ kind: 'note', text: thrown.hint })
    await duties.assess()
    return await end({ kind: 'failed', reason: thrown.message })
  } finally {
    clearTimeout(timer)
  }
}
