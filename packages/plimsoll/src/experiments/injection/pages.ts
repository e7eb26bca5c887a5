import type { Lab, RequestOptions } from '../../lab/lab.ts'
import { changesData } from '../../lab/speak/changing-reads.ts'
import type { Sighting } from './family.ts'
import type { Range } from './open-range.ts'

const MOST_PAGES = 8
const MOST_ASKED = 40
const HTML = /html/i

const unmarked = { role: 'page', sent: '', mark: '\0', products: [] }

const isPage = ({ exchange }: Sighting) => HTML.test(exchange.headers['content-type'] ?? '')

/** Reads that answer with a page, where what was sent earlier may show. */
export const findPages = async (lab: Lab, range: Range): Promise<RequestOptions[]> => {
  const headers = lab.accounts[0]?.headers
  const known = lab.known.filter(({ request }) => request.method === 'GET').map(({ request }) => request)
  const others = lab.service.routes
    .filter((route) => /^(GET|ANY)$/.test(route.method) && !/[:*]/.test(route.path) && !changesData(route))
    .filter((route) => !known.some(({ path }) => path.split('?')[0] === route.path))
    .map(({ path }): RequestOptions => ({ method: 'GET', path, ...(headers !== undefined && { headers }) }))
  const pages: RequestOptions[] = []
  for (const request of [...known, ...others].slice(0, MOST_ASKED)) {
    if (pages.length === MOST_PAGES || !range.open('')) break
    if (isPage(await range.look(request, unmarked))) pages.push(request)
  }
  return pages
}

/** Where the app itself leads a browser after it took something in. */
const nextPages = (sightings: readonly Sighting[]): RequestOptions[] => {
  const paths = sightings.flatMap(({ exchange: { status, headers } }) =>
    status !== null && status >= 300 && status < 400 && headers.location?.startsWith('/') === true
      ? [headers.location]
      : [],
  )
  return [...new Set(paths)].slice(0, MOST_PAGES).map((path) => ({ method: 'GET', path }))
}

/** The pages as they are now, each with what it shows of these sightings. */
export const readPages = async (
  range: Range,
  pages: readonly RequestOptions[],
  sightings: readonly Sighting[],
): Promise<Sighting[]> => {
  if (pages.length === 0) return []
  const found: Sighting[] = []
  for (const page of [...pages, ...nextPages(sightings)]) {
    if (!range.open('')) break
    const seen = await range.look(page, unmarked)
    found.push(
      ...sightings
        .filter(({ mark, products }) => [mark, ...products].some((text) => seen.exchange.body.includes(text)))
        .map(({ sent, mark, products }) => ({ ...seen, sent, mark, products })),
    )
  }
  return found
}
