import type { Family, Sighting } from '../family.ts'
import { isLive } from '../is-live.ts'

const elementOf = (mark: string) => `<svg onload=${mark}()>`
/** Ends whatever it may stand in before it begins. */
const breakOut = (mark: string) => `"'--></title></textarea></script>${elementOf(mark)}`

const HTML = /^\s*(?:text\/html|application\/xhtml\+xml)/i

const isRun = ({ exchange: { headers, body }, mark }: Sighting): boolean => {
  if (!HTML.test(headers['content-type'] ?? '')) return false
  const element = elementOf(mark)
  for (let at = body.indexOf(element); at !== -1; at = body.indexOf(element, at + 1)) {
    if (isLive(body, at)) return true
  }
  return false
}

const INLINE = /'unsafe-inline'/

/** A policy that allows no scripts in the page keeps it from running, not from being there. */
const isContained = ({ exchange: { headers } }: Sighting) => {
  const policy = headers['content-security-policy'] ?? ''
  const scripts = /script-src(?:-attr)?[^;]*/.exec(policy)?.[0] ?? /default-src[^;]*/.exec(policy)?.[0]
  return scripts !== undefined && !INLINE.test(scripts)
}

/** An element of ours in a page, where a browser takes it for one. */
export const script: Family = {
  id: 'script',
  title: 'script injection',
  cwe: 79,
  harm: 'shows pages that run scripts of the caller',
  repairs: [
    'Let the template escape what it shows (it does unless it is told not to), and build no HTML by hand.',
    "Send a Content-Security-Policy without 'unsafe-inline' as a second line.",
  ],
  stored: true,
  suits: ({ place }) => place.in !== 'header' && place.in !== 'cookie',
  async attempt(point, bench) {
    const first = await bench.shoot(point, { role: 'attack', make: (_, mark) => breakOut(mark) })
    const { status } = first.exchange
    if (isRun(first) || (status !== null && status < 400)) return [first]
    return [first, await bench.shoot(point, { role: 'attack', make: (_, mark) => elementOf(mark) })]
  },
  weigh: (sightings) => {
    const page = sightings.find(isRun)
    if (page === undefined) return null
    const isStored = page.role === 'page'
    const contained = isContained(page)
    const severity = isStored ? 'high' : 'medium'
    const sentBy = sightings.find(({ mark, role }) => mark === page.mark && role !== 'page')
    return {
      severity: contained ? 'low' : severity,
      says: `${isStored ? `${page.exchange.method} ${page.exchange.path.split('?')[0]} shows` : 'the answer holds'} our element, unescaped${
        contained ? '; the Content-Security-Policy keeps browsers from running it' : ''
      }`,
      show: isStored && sentBy !== undefined ? [page, sentBy] : [page],
    }
  },
}
