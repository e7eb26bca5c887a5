import { posix } from 'node:path'
import type { Place } from '../policy.ts'

/**
 * A path as rules see it: relative to the workspace (`.` is the workspace itself), or absolute outside of it.
 * @param dir folder that it is read against, located likewise
 */
export const locate = (text: string, { root, home }: Place, dir = '.'): string => {
  const told = text.replace(/^~(?=\/|$)/, home)
  const whole = posix.resolve(root, dir, told)
  const inside = posix.relative(root, whole)
  if (inside === '') return '.'
  return inside === '..' || inside.startsWith('../') ? whole : inside
}
