import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'

/** Line of a JSON pointer in the text of a document, JSON or YAML, as far as it leads; 1 where it leads nowhere. */
export const findLines = (text: string): ((pointer: string) => number) => {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, logLevel: 'silent' })
  return (pointer) => {
    let at: unknown = document.contents
    let offset = 0
    for (const part of pointer.split('/').slice(1)) {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
      if (isMap(at)) {
        const pair = at.items.find((one) => isScalar(one.key) && String(one.key.value) === key)
        if (pair === undefined) break
        if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset
        at = pair.value
      } else if (isSeq(at)) {
        at = at.items[Number(key)]
        if (isNode(at)) offset = at.range?.[0] ?? offset
      } else break
    }
    return counter.linePos(offset).line
  }
}
