/** The small part of Markdown that the explanations use. */
export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; ordered: boolean; items: string[] }
  | { kind: 'code'; text: string }

const ITEM = /^(?:[-*]|(\d+)[.)])\s+(.*)$/

export const parseMarkdown = (text: string): Block[] => {
  const blocks: Block[] = []
  const lines = text.split('\n')
  let paragraph: string[] = []
  const flush = () => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', text: paragraph.join(' ') })
    paragraph = []
  }
  for (let index = 0; index < lines.length; index += 1) {
    const line = (lines[index] ?? '').trimEnd()
    const heading = /^(#{1,4})\s+(.*)$/.exec(line)
    const item = ITEM.exec(line)
    const last = blocks.at(-1)
    if (line.startsWith('```')) {
      flush()
      const end = lines.findIndex((it, at) => at > index && it.startsWith('```'))
      const stop = end === -1 ? lines.length : end
      blocks.push({ kind: 'code', text: lines.slice(index + 1, stop).join('\n') })
      index = stop
    } else if (heading) {
      flush()
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' })
    } else if (item) {
      flush()
      const ordered = item[1] !== undefined
      if (last?.kind === 'list' && last.ordered === ordered) last.items.push(item[2] ?? '')
      else blocks.push({ kind: 'list', ordered, items: [item[2] ?? ''] })
    } else if (line === '') flush()
    else if (/^\s{2,}\S/.test(line) && last?.kind === 'list' && paragraph.length === 0) {
      last.items.push(`${last.items.pop() ?? ''} ${line.trim()}`)
    } else paragraph.push(line.trim())
  }
  flush()
  return blocks
}

export type Span = { kind: 'text' | 'code' | 'strong' | 'em'; text: string }

/** Links become their words: the page opens nothing by itself. */
export const parseSpans = (text: string): Span[] => {
  const spans: Span[] = []
  let at = 0
  const plain = text.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
  for (const found of plain.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*/g)) {
    if (found.index > at) spans.push({ kind: 'text', text: plain.slice(at, found.index) })
    const [whole, code, strong, em] = found
    if (code !== undefined) spans.push({ kind: 'code', text: code })
    else if (strong !== undefined) spans.push({ kind: 'strong', text: strong })
    else spans.push({ kind: 'em', text: em ?? '' })
    at = found.index + whole.length
  }
  if (at < plain.length) spans.push({ kind: 'text', text: plain.slice(at) })
  return spans
}
