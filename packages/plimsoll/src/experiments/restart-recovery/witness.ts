import type { RequestOptions } from '../../instruments/http/http.ts'
import type { Lab } from '../../lab/lab.ts'
import type { Exchange } from '../../model/evidence.ts'

/** A value that only our write carries, and a read that shows it. */
export type Witness = { value: string; read: RequestOptions }

/** Short words may stand anywhere by chance; ours have ten random characters. */
const LEAST = 10

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return value.length >= LEAST ? [value] : []
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap(textsIn)
}

const idsIn = (body: string): string[] => {
  try {
    const parsed: unknown = JSON.parse(body)
    const found: string[] = []
    const walk = (value: unknown, depth: number) => {
      if (value === null || typeof value !== 'object' || depth > 2) return
      for (const [key, inner] of Object.entries(value)) {
        const scalar = typeof inner === 'string' || typeof inner === 'number'
        if (scalar && /^(id|_id|uuid|slug)$/.test(key)) found.push(String(inner))
        else walk(inner, depth + 1)
      }
    }
    walk(parsed, 0)
    return found
  } catch {
    return []
  }
}

/** Where a thing made by this POST may be read: the item below the same path, the list, every known list. */
const placesFor = (lab: Lab, sent: RequestOptions, answer: Exchange): RequestOptions[] => {
  const headers = sent.headers === undefined ? {} : { headers: sent.headers }
  const base = sent.path.replace(/\/$/, '')
  const items = idsIn(answer.body).map((id) => ({
    method: 'GET',
    path: `${base}/${encodeURIComponent(id)}`,
    ...headers,
  }))
  const lists = lab.known
    .filter(({ request }) => request.method === 'GET')
    .map(({ request }) => request)
    .sort((a, b) => Number(b.path === base) - Number(a.path === base))
  return [...items, ...lists.slice(0, 12)]
}

const isGood = ({ status }: Exchange) => status !== null && status >= 200 && status < 300

/** The first read that shows a value of the write; null when none does. */
export const findWitness = async (
  lab: Lab,
  sent: RequestOptions,
  answer: Exchange,
  signal: AbortSignal,
): Promise<Witness | null> => {
  const values = textsIn(sent.body)
  if (values.length === 0) return null
  for (const read of placesFor(lab, sent, answer)) {
    const exchange = await lab.http.request({ ...read, bodyLimit: 65_536, signal })
    const value = isGood(exchange) ? values.find((text) => exchange.body.includes(text)) : undefined
    if (value !== undefined) return { value, read }
  }
  return null
}
