/** Elements whose content is text up to their end. */
const TEXT_ONLY = /^(?:script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|template)$/

const endOfTag = (html: string, start: number): number => {
  let quote = ''
  for (let at = start; at < html.length; at += 1) {
    const character = html[at] ?? ''
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (
      (character === '"' || character === "'") &&
      /=\s*$/.test(html.slice(Math.max(start, at - 8), at))
    )
      quote = character
    else if (character === '>') return at + 1
  }
  return html.length
}

const endOfText = (html: string, name: string, start: number): number => {
  const end = html.toLowerCase().indexOf(`</${name}`, start)
  return end === -1 ? html.length : end
}

/** Where the piece of HTML that begins at this `<` ends. */
const endOfPiece = (html: string, start: number): number => {
  if (html.startsWith('<!--', start)) {
    const end = html.indexOf('-->', start + 4)
    return end === -1 ? html.length : end + 3
  }
  const name = /^<\/?([a-z][\w-]*)/i.exec(html.slice(start, start + 40))
  if (name === null) return start + 1
  const end = endOfTag(html, start + name[0].length)
  const opened = (name[1] ?? '').toLowerCase()
  return html[start + 1] !== '/' && TEXT_ONLY.test(opened) ? endOfText(html, opened, end) : end
}

/** true when a browser reads what stands there as an element, not as text, attribute or comment */
export const isLive = (html: string, index: number): boolean => {
  let at = html.indexOf('<')
  while (at !== -1 && at < index) {
    const end = endOfPiece(html, at)
    if (end > index) return false
    at = html.indexOf('<', end)
  }
  return at === index
}
