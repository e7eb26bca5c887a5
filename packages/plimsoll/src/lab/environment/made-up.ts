import { createRandom } from '../../base/random/random.ts'
import { canBeMadeUp, isPlaceholder } from '../../base/text/secret-names.ts'
import type { EnvRead } from '../../model/system.ts'

/** A secret to which neither the code nor an example gives a value. */
export const needsMadeUp = ({ name, default: fallback, example }: EnvRead): boolean =>
  canBeMadeUp(name) && fallback === null && (example === null || isPlaceholder(example))

/** 64 hexadecimal characters: long enough for every check of a length, and readable as hex and as base64. */
export const madeUpSecret = (seed: number, name: string): string => {
  const random = createRandom(seed).fork(name)
  return Array.from({ length: 64 }, () => random.integer(0, 15).toString(16)).join('')
}
