import { Fault } from '../../base/errors/fault.ts'
import type { Tool, ToolAnswer } from '../../tools/define.ts'
import type { ToolCall } from '../model/model.ts'
import type { CallPorts, Step } from './call-ports.ts'
import { ANSWER_BYTES, limitAnswer, READ_BYTES } from './limit-answer.ts'
import { orAbort } from './or-abort.ts'
import { permit } from './permit.ts'
import { readInput, unknownTool } from './read-input.ts'

/** What a call came to. `stuck`: it was made again after a warning, and ends the session. */
export type Ran = { text: string; failed: boolean; changed: readonly string[]; stuck: string | null }

/** A tool ends what it started when it is told to; one that does not must not hold the session. */
const GRACE_MS = 15_000

const failed = (text: string, stuck: string | null = null): Ran => ({
  text,
  failed: true,
  changed: [],
  stuck,
})

const attempt = async (tool: Tool, call: ToolCall, input: unknown, ports: CallPorts): Promise<ToolAnswer> => {
  const context = {
    ...ports.context,
    onProgress: (text: string) => ports.emit({ kind: 'progress', id: call.id, text: ports.redact(text) }),
  }
  try {
    return await orAbort(tool.run(input, context), ports.signal, GRACE_MS)
  } catch (thrown) {
    ports.signal.throwIfAborted()
    if (thrown instanceof Fault) return { text: `${thrown.message}\n${thrown.hint}`, failed: true }
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    ports.emit({ kind: 'note', text: `The tool ${tool.id} broke: ${ports.redact(message)}` })
    return {
      text: `The tool broke: ${message}. That is no fault of the call; use another tool.`,
      failed: true,
    }
  }
}

const carryOut = async (tool: Tool, call: ToolCall, input: unknown, ports: CallPorts): Promise<Ran> => {
  await ports.journal.append({ kind: 'calling', call: call.id, tool: tool.id })
  const answer = await attempt(tool, call, input, ports)
  const nothing: Step = { epoch: ports.epoch(), changed: [], diff: null }
  const step = tool.effect === 'reads' ? nothing : await ports.checkpoint(`${tool.id} ${call.id}`)
  const { spill } = ports.context
  const mostBytes = tool.effect === 'reads' ? READ_BYTES : ANSWER_BYTES
  const keep = async (whole: string) => (spill === undefined ? null : spill(tool.id, whole))
  const text = await limitAnswer(ports.redact(answer.text), keep, mostBytes)
  ports.guard.after({ tool: tool.id, input }, step.epoch, answer.text, step.changed.length > 0)
  const wentWrong = answer.failed === true
  ports.emit({
    kind: 'answer',
    id: call.id,
    tool: tool.id,
    text,
    failed: wentWrong,
    changed: step.changed,
    diff: step.diff === null ? null : ports.redact(step.diff),
  })
  return { text: text === '' ? '(no output)' : text, failed: wentWrong, changed: step.changed, stuck: null }
}

/** One call from its text to its answer. It throws on abort only: everything else is an answer. */
export const runCall = async (call: ToolCall, ports: CallPorts): Promise<Ran> => {
  const tool = ports.tools.find(({ id }) => id === call.tool)
  const title = tool?.title ?? call.tool
  ports.emit({ kind: 'call', id: call.id, tool: call.tool, title, input: call.input, agent: ports.agent })
  const refuse = (ran: Ran): Ran => {
    const { text } = ran
    ports.emit({ kind: 'answer', id: call.id, tool: call.tool, text, failed: true, changed: [], diff: null })
    return ran
  }
  const word = ports.guard.before({ tool: call.tool, input: call.input }, ports.epoch())
  if (word.kind === 'warn') return refuse(failed(word.text))
  if (word.kind === 'stuck') return refuse(failed(`Not run: ${word.text}.`, word.text))
  const answered = (text: string): Ran => {
    ports.guard.after({ tool: call.tool, input: call.input }, ports.epoch(), text, false)
    return refuse(failed(text))
  }
  if (tool === undefined) return answered(unknownTool(call.tool, ports.tools))
  const read = readInput(tool, call.input)
  if (!read.ok) return answered(read.text)
  const permitted = await permit(tool, call, read.input, ports)
  if (permitted.ok) return carryOut(tool, { ...call }, read.input, ports)
  ports.guard.after({ tool: call.tool, input: call.input }, ports.epoch(), permitted.reason, false)
  ports.emit({ kind: 'denied', id: call.id, tool: call.tool, reason: permitted.reason })
  return failed(permitted.reason)
}
