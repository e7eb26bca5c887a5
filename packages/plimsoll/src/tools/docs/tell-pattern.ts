import { byteLength } from '../../base/text/fit.ts'
import { cutText, MOST_BYTES } from '../cut.ts'
import type { Pattern, PatternPart } from '../pattern-library.ts'
import { FRAMEWORKS, type Framework, type Stack, suits } from './stack.ts'

const told = (mark: string, { heading, text }: PatternPart) => `${mark} ${heading}\n${text}`

const call = (id: string, more: Record<string, string>) => `docs ${JSON.stringify({ id, ...more })}`

const codeFor = ({ code }: Pattern, stack: Stack) => code.filter(({ names }) => suits(stack, names))

/** A framework whose code has a part of this name; null where only a client's has. */
const frameworkOf = (name: string): Framework | null => {
  if (name === 'node') return 'express'
  if (name === 'python') return 'flask'
  return FRAMEWORKS.find((framework) => framework === name) ?? null
}

/** What there is for other frameworks, and how to get it. */
const noteOn = ({ id, code }: Pattern, stack: Stack): string[] => {
  const left = code.flatMap(({ names }) => (suits(stack, names) ? [] : names))
  const frameworks = left.map(frameworkOf).filter((framework) => framework !== null)
  const [framework] = frameworks
  if (framework === undefined) return []
  const which = stack.length === 0 ? 'No framework is known here: name one. ' : ''
  return [`(${which}Code also for ${[...new Set(left)].join(', ')}: ${call(id, { framework })})`]
}

/** Only the code, for the stack. */
export const tellCode = (pattern: Pattern, stack: Stack): string => {
  const parts = codeFor(pattern, stack).map((part) => told('###', part))
  const text = [`# ${pattern.title}: code`, ...parts, ...noteOn(pattern, stack)].join('\n\n')
  return cutText(text, MOST_BYTES, `resource plimsoll://patterns/${pattern.id}`)
}

/** When, how, pitfalls and proof, with as many parts of the code as there is room for. */
export const tellPattern = (pattern: Pattern, stack: Stack): string => {
  const head = [
    `# ${pattern.title}\n${pattern.description}`,
    ...pattern.sections.map((part) => told('##', part)),
  ].join('\n\n')
  const notes = noteOn(pattern, stack)
  const code = codeFor(pattern, stack)
  const whole = [head, ...code.map((part) => told('###', part)), ...notes].join('\n\n')
  if (byteLength(whole) <= MOST_BYTES) return whole
  const names = code.map(({ heading }) => heading).join(', ')
  const rest = `its code (${names}): ${call(pattern.id, { part: 'code' })}`
  return cutText([head, `(Left out: ${rest})`, ...notes].join('\n\n'), MOST_BYTES, rest)
}
