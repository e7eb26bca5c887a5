import { text, unknown, type Value } from './values.ts'

/** A number, truth or text as Python's `str` would write it; null when it is none of these. */
export const asText = (value: Value): string | null => {
  if (value.kind === 'text') return value.text
  if (value.kind === 'number') return String(value.number)
  return value.kind === 'truth' ? (value.truth ? 'True' : 'False') : null
}

/** Pieces of an f-string or a sum, each a text or something to read. */
export const readJoined = <Piece extends object>(
  pieces: readonly (string | Piece)[],
  read: (piece: Piece) => Value,
): Value => {
  let joined = ''
  let from: string | undefined
  for (const piece of pieces) {
    if (typeof piece === 'string') joined += piece
    else {
      const value = read(piece)
      const written = asText(value)
      if (written === null)
        return value.kind === 'unknown' ? value : unknown('a part of the text is not known')
      if ('from' in value && value.from !== undefined) from = value.from
      joined += written
    }
  }
  return text(joined, from)
}

/** `'%s/x' % name` */
export const readFormatted = (template: string, given: Value): Value => {
  const items = given.kind === 'list' ? [...given.items] : [given]
  let missing = false
  const filled = template.replace(/%(?:\((\w+)\))?[sdr]/g, (_, key: string | undefined) => {
    const value = key !== undefined && given.kind === 'table' ? given.entries.get(key) : items.shift()
    const written = value === undefined ? null : asText(value)
    missing ||= written === null
    return written ?? ''
  })
  return missing ? unknown('a part of the text is not known') : text(filled)
}

/** `'{}/x'.format(name)` */
export const readTemplate = (template: string, read: (position: number | string) => Value | null): Value => {
  let next = 0
  let missing = false
  const filled = template.replace(/\{(\w*)(?:![rsa])?(?::[^}]*)?\}/g, (_, key: string) => {
    const position = key === '' ? next++ : /^\d+$/.test(key) ? Number(key) : key
    const value = read(position)
    const written = value === null ? null : asText(value)
    missing ||= written === null
    return written ?? ''
  })
  return missing ? unknown('a part of the text is not known') : text(filled)
}
