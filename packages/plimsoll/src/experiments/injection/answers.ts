import { parseJson } from '../../base/json/parse-json.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Sighting } from './family.ts'

const VOLATILE =
  /eyJ[\w-]+\.[\w-]+\.[\w-]*|[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?|\b[\da-f]{24,}\b|\d+\.\d{5,}|\b\d{10,}\b/gi

const htmlOf = (text: string) =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')

/**
 * What an answer says, without what is new in every answer; what it repeats of the question is replaced.
 * @param as what stands there instead
 */
export const toldBy = ({ sent, exchange }: Pick<Sighting, 'sent' | 'exchange'>, as = '…'): string => {
  const quoted = JSON.stringify(sent).slice(1, -1)
  const echoes = [quoted, sent, htmlOf(sent), encodeURIComponent(sent)].filter((echo) => echo.length > 3)
  const body = echoes.reduce((text, echo) => text.replaceAll(echo, as), exchange.body)
  return `${exchange.status} ${body.replace(VOLATILE, '…')}`
}

export const succeeded = ({ status }: Exchange): boolean => status !== null && status >= 200 && status < 300

const countIn = (value: unknown): number => {
  if (value === null || typeof value !== 'object') return 1
  return Object.values(value).reduce<number>((sum, inner) => sum + countIn(inner), 0)
}

/** How many values an answer gives, whatever they are in; none where it is no JSON. */
export const givenIn = ({ body }: Exchange): number => {
  const parsed = parseJson(body)
  return parsed === null ? 0 : countIn(parsed)
}

/** The answer cut to what surrounds this text. */
export const excerpt = (exchange: Exchange, text: string | undefined): Exchange => {
  const at = text === undefined ? -1 : exchange.body.indexOf(text)
  const from = Math.max(0, at - 400)
  return { ...exchange, body: `${from > 0 ? '…' : ''}${exchange.body.slice(from, from + 1_500)}` }
}
