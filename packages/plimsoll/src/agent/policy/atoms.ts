import type { Action } from '../../model/agent.ts'
import { locate } from './command/locate.ts'
import { readTouched } from './command/touched.ts'
import type { Call, RuleSet } from './policy.ts'

/** One thing that a call touches. */
export type Atom = {
  text: string
  isPath: boolean
  /** names under which a rule of a layer speaks of it, and one of the floor */
  tools: readonly string[]
  floorTools: readonly string[]
  /** only rules that name the tool speak of it: `*` speaks of the command, not of each file in it */
  named: boolean
  /** what holds where no rule speaks of it; null: nothing */
  otherwise: Action | null
}

/** What a person forbids to `write`, a command may not do either. */
const SAME_AS = { reads: ['read'], writes: ['write', 'edit'], deletes: ['write', 'edit'] } as const

/** Builtins that reach nothing by themselves: `cd api && npm test` is asked about as `npm test`. */
const HARMLESS = /^(?:cd|pwd|echo|printf|true|false|test|\[|:|set|export|sleep|wait)(?: |$)/

/** Nothing of ours holds back what somebody else's server does. */
const isForeign = ({ tool, effect }: Call) => effect === 'executes' && tool.startsWith('mcp:')

const defaultOf = ({ defaults }: RuleSet, call: Call): Action =>
  isForeign(call) ? 'ask' : (defaults[call.effect] ?? (call.effect === 'executes' ? 'ask' : 'allow'))

const ofCommand = (line: string, rules: RuleSet, call: Call) => {
  const { tool } = call
  const { lines, touches, problem } = readTouched(line, rules.place)
  const whole: Atom = {
    text: line,
    isPath: false,
    tools: [tool],
    floorTools: [tool, '@command'],
    named: false,
    otherwise: lines.length === 0 ? defaultOf(rules, call) : null,
  }
  const ofLine = (text: string): Atom => ({
    ...whole,
    text,
    otherwise: HARMLESS.test(text) ? null : defaultOf(rules, call),
  })
  const ofFile = ({ does, path }: (typeof touches)[number]): Atom => ({
    text: path,
    isPath: true,
    tools: SAME_AS[does],
    floorTools: [`@command-${does}`],
    named: true,
    otherwise: null,
  })
  return { atoms: [whole, ...lines.map(ofLine), ...touches.map(ofFile)], problem }
}

/** Everything that a call touches, and why it could not be read to its end; null when it could. */
export const atomsOf = (rules: RuleSet, call: Call): { atoms: readonly Atom[]; problem: string | null } => {
  const floorTools = [call.tool, `@${call.effect}`]
  const plain = { tools: [call.tool], floorTools, named: false, otherwise: defaultOf(rules, call) }
  const read = call.subjects.map(({ kind, text }) => {
    if (kind === 'command') return ofCommand(text, rules, call)
    const isPath = kind === 'path'
    return { atoms: [{ ...plain, text: isPath ? locate(text, rules.place) : text, isPath }], problem: null }
  })
  if (read.length === 0) return { atoms: [{ ...plain, text: '', isPath: false }], problem: null }
  return {
    atoms: read.flatMap(({ atoms }) => atoms),
    problem: read.find(({ problem }) => problem !== null)?.problem ?? null,
  }
}
