import type { Delegated, ToolContext } from '../../tools/define.ts'
import type { CallPorts } from '../loop/call-ports.ts'
import { openConversation } from '../loop/conversation.ts'
import { converse, type LoopPorts, type Stop } from '../loop/converse.ts'
import type { AgentEvent } from '../loop/events.ts'
import { openGuard } from '../loop/guard.ts'
import { limitLines } from '../loop/limit-answer.ts'
import { systemPrompt } from '../loop/system-prompt.ts'
import { intersect, rulesOf } from '../policy/rules-of.ts'
import { openChildJournal } from './child-journal.ts'
import { compactionNote } from './compaction-note.ts'
import type { readFacts } from './facts.ts'
import type { SessionOptions } from './session.ts'

/** Of what its parent has left. */
const SHARE = 1 / 3
const ANSWER_BYTES = 3_600

export type Parent = {
  options: SessionOptions
  ports: Omit<LoopPorts, 'context'>
  context: Omit<ToolContext, 'delegate'>
  facts: Awaited<ReturnType<typeof readFacts>>
}

const OUTCOMES: Readonly<Record<Stop['kind'], string>> = {
  stopped: 'ended',
  budget: 'ended: its share of the budget is spent',
  stuck: 'stuck',
  refused: 'refused by its model',
}

/** Its words would run into those of its parent: what it does is shown, what it says is its answer. */
const quiet = (emit: CallPorts['emit']) => (event: AgentEvent) => {
  if (event.kind !== 'text') emit(event)
}

/**
 * Lends `delegate` to a tool. The child works on the same files with at most the parent's permissions, on a share of
 * its budget, and sends nobody out itself; what it changed is proved with the rest.
 */
export const delegateFrom = ({ options, ports, context, facts }: Parent) => {
  let count = 0
  return async (name: string, task: string): Promise<Delegated> => {
    const agent = options.cast.find((one) => one.name === name)
    if (agent === undefined) {
      const names = options.cast.map((one) => one.name).join(', ')
      return { agent: name, outcome: 'not done', text: `There is no agent "${name}". There are: ${names}.` }
    }
    count += 1
    const model =
      agent.model === null || options.modelFor === undefined
        ? ports.model
        : await options.modelFor(agent.model)
    const tools = ports.tools.filter(({ effect }) => effect !== 'delegates')
    const rules = intersect(
      ports.rules,
      rulesOf(
        agent,
        tools.map(({ id }) => id),
      ),
    )
    const journal = await openChildJournal(
      options.journal,
      `${count}-${name}`,
      () => options.secrets?.() ?? [],
    )
    const meter = ports.meter.child(SHARE, model.price)
    const conversation = openConversation(journal)
    const changed = new Set<string>()
    try {
      await journal.append({ kind: 'begin', task, agent: name, model: model.id, version: 1 })
      await conversation.add({ role: 'user', text: task })
      const child: LoopPorts = {
        ...ports,
        ...{ agent: name, model, rules, journal, meter, conversation, context, guard: openGuard() },
        ...{ temperature: agent.temperature, tools: tools.filter(({ id }) => rules.tools.includes(id)) },
        emit: quiet(ports.emit),
        system: systemPrompt({
          ...{ ...facts, tools: rules.tools },
          ...{ agent, root: options.root, gaps: [], context: options.context },
          ...{ canAsk: options.ask !== null, standing: null, isChild: true },
        }),
        checkpoint: async (note) => {
          const step = await ports.checkpoint(note)
          for (const file of step.changed) changed.add(file)
          return step
        },
        note: async () =>
          compactionNote({
            changed: [...changed],
            feedback: null,
            todo: [],
            messages: conversation.messages(),
          }),
      }
      const stop = await converse(child, { tokensPerCharacter: null })
      await journal.append({ kind: 'end', outcome: stop.kind, exitCode: 0 })
      const files = changed.size === 0 ? 'It changed no file.' : `It changed: ${[...changed].join(', ')}.`
      const why = 'reason' in stop ? ` (${stop.reason})` : ''
      const said = limitLines(stop.said.trim() === '' ? '(it said nothing)' : stop.said, ANSWER_BYTES).text
      return { agent: name, outcome: `${OUTCOMES[stop.kind]}${why}`, text: `${said}\n${files}` }
    } finally {
      await journal.close()
    }
  }
}
