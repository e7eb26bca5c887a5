import { isOpenapi, parseDocument } from '../../contract/openapi/parse-document.ts'

const IS_DOCS = /swagger-?ui|redoc|rapidoc|scalar|stoplight|swaggerDoc|openapi/i

/** The object that begins there, up to its last brace; null where it does not end. */
const objectAt = (text: string, start: number): string | null => {
  let depth = 0
  let inText = false
  for (let at = start; at < text.length; at += 1) {
    const character = text[at]
    if (inText) {
      if (character === '\\') at += 1
      else if (character === '"') inText = false
    } else if (character === '"') inText = true
    else if (character === '{') depth += 1
    else if (character === '}' && --depth === 0) return text.slice(start, at + 1)
  }
  return null
}

const EMBEDDED = /["']?(?:swaggerDoc|spec|content)["']?\s*[:=]\s*(?=\{)/g

const embedded = (text: string): unknown => {
  for (const match of text.matchAll(EMBEDDED)) {
    const held = objectAt(text, match.index + match[0].length)
    const document = held === null ? undefined : parseDocument(held)
    if (isOpenapi(document)) return document
  }
  return null
}

const NAMED = [
  /\b(?:url|swaggerUrl|configUrl)["']?\s*[:=]\s*["']([^"'\s]+)["']/g,
  /\b(?:spec-url|data-url|apiDescriptionUrl)\s*=\s*["']([^"'\s]+)["']/g,
  /<script[^>]+src=["']([^"'\s]*swagger-(?:ui-init|initializer)[^"'\s]*)["']/g,
]

const OTHER_ORIGIN = /^(?:https?:)?\/\/(?!localhost\b|127\.0\.0\.1\b)/

/** What a page that shows an API holds of its document: the document itself, or the addresses that it names. */
export const documentInPage = (text: string): { document: unknown; addresses: string[] } => {
  if (!IS_DOCS.test(text)) return { document: null, addresses: [] }
  const document = embedded(text)
  const addresses = NAMED.flatMap((pattern) => [...text.matchAll(pattern)])
    .map(([, address]) => address ?? '')
    .filter((address) => address !== '' && !OTHER_ORIGIN.test(address))
  return { document, addresses: [...new Set(addresses)].slice(0, 5) }
}
