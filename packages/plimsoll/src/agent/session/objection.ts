import { asksForChange } from '../activation/asks-for-change.ts'
import type { Change } from '../obligations/changes/change.ts'

type ObjectionFacts = {
  /** the words that are worked on */
  task: string
  /** everything that was asked for in the session */
  asked: string
  /** whether any file is not as it was when the task was given */
  isWorkedOn: boolean
  /** what the work is, in terms of operations and settings; empty where no proof is about it */
  changes: readonly Change[]
}

const OPERATION =
  /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE) \/[\w/:{}.-]*[\w}]|\b(?:GET|HEAD|POST|PUT|PATCH|DELETE) \//g
/** Work on an operation that changes nothing of what it does. */
const BESIDE =
  /\b(?:readme|docs?|documentation|document|describe|comments?|changelog|openapi|swagger|spec|tests?|example|client|page|button|screen|form|ui|workflow|pipeline|ci|dashboard|alert|note)\b/i
const REMOVING =
  /\b(?:remov|delet|drop|renam|replac|mov(?:e|ing)|retir|deprecat|merg|split|get rid|take out|taken out|convert|rewrit|restructur|reorgani|migrat|version|v\d\b|no longer|instead of)\w*/i

/** `/seats/:id` and `/seats/{seat}` are one address. */
const addressOf = (label: string) => label.replace(/\/(?::[^/]+|\{[^/]+\}|<[^/]+>)/g, '/:')

/** Operations that are served no more, under no other name of a parameter either. */
const removedIn = (changes: readonly Change[]): string[] => {
  const fresh = new Set(
    changes.filter(({ change }) => change === 'new route').map(({ what }) => addressOf(what)),
  )
  return changes
    .filter(({ change, what }) => change === 'removed route' && !fresh.has(addressOf(what)))
    .map(({ what }) => what)
}

/**
 * Why work is not done although nothing of it is refuted: the task asks for a change that was not made, or the change
 * takes out what nobody asked to take out. One sentence; null where there is nothing to object to.
 */
export const objectionTo = ({ task, asked, isWorkedOn, changes }: ObjectionFacts): string | null => {
  const removed = removedIn(changes)
  if (removed.length > 0 && !REMOVING.test(asked))
    return `${removed.slice(0, 3).join(', ')} ${removed.length === 1 ? 'is' : 'are'} served no more, and the task does not ask for that.`
  if (!asksForChange(task)) return null
  if (!isWorkedOn) return 'The task asks for a change, and no file was changed.'
  const [named] = task.match(OPERATION) ?? []
  if (named !== undefined && changes.length === 0 && !BESIDE.test(task))
    return `The task asks for a change of ${named}, and nothing was changed that an operation depends on.`
  return null
}
