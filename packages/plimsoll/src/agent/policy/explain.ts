import type { Action, Rule } from '../../model/agent.ts'
import { FLOOR_REASONS } from './floor.ts'
import type { Call } from './policy.ts'

export type About = {
  call: Call
  action: Action
  rule: Rule | null
  /** the path or the part of the line that decided */
  text: string
  why: 'rule' | 'default' | 'no such tool' | { unreadable: string }
}

const LONGEST = 120

const shown = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text)

const isFloorReason = (key: string): key is keyof typeof FLOOR_REASONS => key in FLOOR_REASONS

const ofFloor = (rule: Rule) => {
  const key = rule.from.replace(/^floor:/, '')
  return isFloorReason(key) ? FLOOR_REASONS[key] : null
}

/** A command is named as it was written, anything else by its tool and what it is about. */
const nameOf = ({ tool, subjects }: Call, text: string) => {
  const command = subjects.find(({ kind }) => kind === 'command')?.text
  if (command !== undefined) return `"${shown(command)}"`
  return text === '' ? tool : `${tool} of "${shown(text)}"`
}

/** What a reason is about, when that is more than the call itself. */
const whatOf = ({ subjects }: Call, rule: Rule | null, text: string) =>
  rule?.from === 'floor:whole' || text === '' || text === '.' || subjects.some((each) => each.text === text)
    ? 'it'
    : shown(text)

/** One sentence: what may not be, who says so, and what to do instead. */
export const explainDecision = ({ call, action, rule, text, why }: About): string => {
  const named = nameOf(call, text)
  if (why === 'no such tool')
    return `The tool "${call.tool}" is not given to this agent; use another one, or say what is missing.`
  if (typeof why === 'object')
    return `${named} has to be asked for: ${why.unreadable}; write the command plainly, one step at a time.`
  if (action === 'allow') return `${named} is allowed${rule === null ? '' : ` by ${rule.from}`}.`
  const floor = rule === null ? null : ofFloor(rule)
  if (floor !== null)
    return `${named} is not allowed, and no setting lifts this: ${whatOf(call, rule, text)} ${floor.why}. Instead: ${floor.instead}.`
  const source =
    rule === null
      ? call.tool.startsWith('mcp:')
        ? 'its server does not say that it only reads'
        : 'programs are asked for here'
      : `${rule.from} says "${rule.tool} ${rule.pattern}: ${rule.action}"`
  return action === 'ask'
    ? `${named} has to be asked for: ${source}.`
    : `${named} is not allowed: ${source}. Do without it, or say why it is needed.`
}
