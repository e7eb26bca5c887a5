import type { JsonSchema } from '../api.ts'
import type { SchemaProblem } from '../json-schema/compile-schema.ts'
import { type Narrowing, pointerOf } from './narrowing.ts'
import type { Space } from './space.ts'

/** `harmless`: what was tried is taken by both. `unknown`: nothing could be tried. */
export type Outcome = { value: unknown; refusal: string } | 'harmless' | 'unknown'

export type Pair = {
  from: JsonSchema
  to: JsonSchema
  space: Space
  /** more to ask before a value counts as refused: a parameter is text on the wire */
  isRefused?(value: unknown): boolean
}

/** The problem is the one that the narrowing foretold: another change may have the same value refused. */
const isForetold = (problem: SchemaProblem, { steps, keywords, property, rule }: Narrowing): boolean => {
  if (rule === 'form' || rule === 'other') return true
  const at = pointerOf(rule === 'required' || rule === 'unknown-property' ? steps.slice(0, -1) : steps)
  const inItself = pointerOf(steps)
  if (problem.pointer !== at && problem.pointer !== inItself) return false
  if (keywords.length > 0 && !keywords.includes(problem.keyword)) return false
  return problem.keyword === 'required' ? problem.message.includes(`'${property}'`) : true
}

const shownPointer = (pointer: string) => (pointer === '' ? '' : `${pointer} `)

/** Tries the values of a narrowing against both schemas. */
export const verify = (narrowing: Narrowing, { from, to, space, isRefused }: Pair): Outcome => {
  let outcome: Outcome = 'unknown'
  for (const value of narrowing.candidates()) {
    if (value === undefined || space.problems(from, value)?.length !== 0) continue
    const problems = space.problems(to, value)
    if (problems === null) return 'unknown'
    if (problems.length === 0 || isRefused?.(value) === false) {
      outcome = 'harmless'
      continue
    }
    const said = problems.find((one) => isForetold(one, narrowing))
    if (said !== undefined) return { value, refusal: `${shownPointer(said.pointer)}${said.message}` }
  }
  return outcome
}
