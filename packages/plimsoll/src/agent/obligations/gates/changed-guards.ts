import type { GateFile, Weakened } from '../obligation.ts'
import type { Guards } from '../trees/take-guards.ts'

const kindOf = (file: string): GateFile['kind'] =>
  file.startsWith('plimsoll.config.') ? 'threshold' : 'gate'

const said = (file: string, how: string): Weakened => ({ file, kind: kindOf(file), how, place: null })

/**
 * Guards that were made, or hooks of git that are not what they were. What takes effect by being there can be written
 * by a person only; what such a file says is held against what it said elsewhere.
 */
export const changedGuards = (before: Guards | null, now: Guards | undefined): Weakened[] => {
  if (before === null || now === undefined) return []
  return [...new Set([...before.keys(), ...now.keys()])].sort().flatMap((file) => {
    const [was, is] = [before.get(file), now.get(file)]
    if (was === is) return []
    if (was === undefined)
      return [
        said(
          file,
          file === '.git/config' ? 'git was told to look for its hooks elsewhere' : 'it was not there before',
        ),
      ]
    if (!file.startsWith('.git/')) return []
    return [said(file, is === undefined ? 'the hook was taken out' : 'the hook was changed')]
  })
}
