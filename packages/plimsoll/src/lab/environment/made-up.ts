import { createRandom } from '../../base/random/random.ts'

/** 64 hexadecimal characters: long enough for every check of a length, and readable as hex and as base64. */
export const madeUpSecret = (seed: number, name: string): string => {
  const random = createRandom(seed).fork(name)
  return Array.from({ length: 64 }, () => random.integer(0, 15).toString(16)).join('')
}
