import type { Exchange } from '../../model/evidence.ts'

/** What an error body looks like, without its values: `json {error, message}`, `text/html`, `empty`. */
export const shapeOf = ({ body, headers }: Exchange): string => {
  if (body === '') return 'empty'
  try {
    const parsed: unknown = JSON.parse(body)
    if (parsed === null || typeof parsed !== 'object') return `json ${typeof parsed}`
    if (Array.isArray(parsed)) return 'json list'
    return `json {${Object.keys(parsed).sort().join(', ')}}`
  } catch {
    return headers['content-type']?.split(';')[0] ?? 'text'
  }
}
