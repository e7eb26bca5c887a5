import { createHash } from 'node:crypto'

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/**
 * A short, stable, speakable id: the same parts give the same id in every run.
 * @param parts what identifies the thing, in a fixed order
 * @param length characters, default 4 (31^4 = 923,521 ids; the first is always a letter)
 */
export const shortId = (parts: readonly string[], length = 4): string => {
  const digest = createHash('sha256').update(parts.join('\u0000')).digest()
  let id = ''
  for (let index = 0; index < length; index += 1) {
    const size = index === 0 ? 23 : ALPHABET.length
    id += ALPHABET[(digest[index] ?? 0) % size]
  }
  return id
}
