import type { Message, ToolCall } from '../model/model.ts'
import type { CallPorts } from './call-ports.ts'
import { type Ran, runCall } from './run-call.ts'

const SIDE_BY_SIDE = 4
/** More than this in one answer is a model that runs away. */
const MOST_CALLS = 32

type ToolMessage = Extract<Message, { role: 'tool' }>

/** Reads that stand together may run together; whatever may change something runs alone, in its place. */
const groupsOf = (calls: readonly ToolCall[], isRead: (call: ToolCall) => boolean): ToolCall[][] => {
  const groups: ToolCall[][] = []
  let isOpen = false
  for (const call of calls) {
    const last = groups.at(-1)
    const isNew = last?.every((one) => JSON.stringify(one.input) !== JSON.stringify(call.input)) ?? false
    if (isOpen && isRead(call) && isNew && last !== undefined && last.length < SIDE_BY_SIDE) last.push(call)
    else groups.push([call])
    isOpen = isRead(call)
  }
  return groups
}

const toMessage = (call: ToolCall, { text, failed }: Ran): ToolMessage => ({
  role: 'tool',
  call: call.id,
  tool: call.tool,
  text,
  failed,
})

/**
 * All calls of one answer, in their order. Every call gets its message, in the journal as well.
 * @returns `stuck`: why the session has to end, or null
 */
export const runCalls = async (
  calls: readonly ToolCall[],
  ports: CallPorts,
  keep: (message: ToolMessage) => Promise<void>,
): Promise<{ stuck: string | null }> => {
  const isRead = (call: ToolCall) => ports.tools.find(({ id }) => id === call.tool)?.effect === 'reads'
  const notRun = (text: string): Ran => ({ text, failed: true, changed: [], stuck: null })
  let stuck: string | null = null
  for (const group of groupsOf(calls.slice(0, MOST_CALLS), isRead)) {
    const ran: Ran[] =
      stuck === null
        ? await Promise.all(group.map((call) => runCall(call, ports)))
        : group.map(() => notRun('Not run: the session ends here.'))
    for (const [index, call] of group.entries()) {
      const one = ran[index]
      if (one === undefined) continue
      stuck ??= one.stuck
      await keep(toMessage(call, one))
    }
  }
  for (const call of calls.slice(MOST_CALLS))
    await keep(
      toMessage(call, notRun(`Not run: at most ${MOST_CALLS} calls in one answer. See these first.`)),
    )
  return { stuck }
}
