import { asFault } from '../../base/errors/fault.ts'
import type { Subject, Tool } from '../../tools/define.ts'
import { placeSubjects } from '../../tools/place-subjects.ts'
import type { ToolCall } from '../model/model.ts'
import type { CallPorts } from './call-ports.ts'
import { orAbort } from './or-abort.ts'

export type Permitted = { ok: true } | { ok: false; reason: string }

/** A line of one plain command: what follows its first two words may differ and is still the same kind. */
const PLAIN = /^[\w./@:=+-]+(?: [\w./@:=+*,-]+)*$/

/** `rm -rf a` says little of `rm -rf b`: only a verb tells one kind from another. */
const kindOf = (command: string): string => {
  const [program, verb] = command.split(' ')
  return verb === undefined || verb.startsWith('-') ? command : `${program} ${verb}`
}

/** What a yes for the session covers: all edits of files, or commands that begin alike; anything else to the letter. */
const coverOf = (tool: Tool, subjects: readonly Subject[]): string => {
  if (tool.effect === 'writes') return tool.id
  const texts = subjects.map(({ text }) => (PLAIN.test(text) ? kindOf(text) : text))
  return `${tool.id} ${texts.join('\n')}`
}

const preview = async (tool: Tool, input: unknown, ports: CallPorts): Promise<string | null> => {
  try {
    return (await tool.preview?.(input, ports.context)) ?? null
  } catch (thrown) {
    ports.signal.throwIfAborted()
    return `(no preview: ${asFault(thrown).message})`
  }
}

/** The policy's word on a call, and where it is to be asked for, the person's. */
export const permit = async (
  tool: Tool,
  call: ToolCall,
  input: unknown,
  ports: CallPorts,
): Promise<Permitted> => {
  const subjects = await placeSubjects(tool.subjects(input), ports.context.files)
  const decision = ports.evaluate(ports.rules, { tool: tool.id, effect: tool.effect, subjects })
  if (decision.action === 'allow') return { ok: true }
  if (decision.action === 'deny') return { ok: false, reason: decision.reason }
  const cover = coverOf(tool, subjects)
  if (ports.allowed.has(cover)) return { ok: true }
  if (ports.approve === null)
    return {
      ok: false,
      reason: `${decision.reason} Nobody is there to allow it: do it another way, or leave it and say so.`,
    }
  const asked = ports.approve({
    id: call.id,
    tool: tool.id,
    title: tool.title,
    subject: ports.redact(subjects.map(({ text }) => text).join('\n')),
    reason: decision.reason,
    diff: await preview(tool, input, ports),
  })
  // A person who stops the session leaves its last question open.
  const answer = await orAbort(asked, ports.signal)
  if (typeof answer === 'object') return { ok: false, reason: `The person said no, and: ${answer.no}` }
  if (answer === 'no')
    return {
      ok: false,
      reason: 'The person said no. Do not try it another way; ask what is wanted, or go on without it.',
    }
  if (answer === 'session') ports.allowed.add(cover)
  return { ok: true }
}
