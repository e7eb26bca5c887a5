import type { Lab, RequestOptions } from '../../lab/lab.ts'

type Known = Pick<Lab, 'known' | 'service'>

export type Misuse = { misuse: string; request: RequestOptions }

export const DEEPLY_NESTED = 'deeply nested JSON'

const DEPTH = 20_000
const OVERSIZED_BYTES = 12 * 1_048_576

/** A route that takes a body: a known write first, because it is reached past authentication. */
const bodyTarget = (lab: Known): { method: string; path: string; headers: Record<string, string> } | null => {
  const known = lab.known.find(({ request }) => request.body !== undefined && request.method !== 'GET')
  if (known !== undefined) {
    return { method: known.request.method, path: known.request.path, headers: known.request.headers ?? {} }
  }
  const route = lab.service.routes.find(
    ({ method, path }) => /^(POST|PUT|PATCH)$/.test(method) && !/[:*]/.test(path),
  )
  return route === undefined ? null : { method: route.method, path: route.path, headers: {} }
}

const json = { 'content-type': 'application/json' }

const bodyMisuses = (lab: Known): Misuse[] => {
  const target = bodyTarget(lab)
  if (target === null) return []
  const send = (misuse: string, headers: Record<string, string>, body: string): Misuse => ({
    misuse: `${misuse} (${target.method} ${target.path})`,
    request: { ...target, headers: { ...target.headers, ...headers }, body },
  })
  return [
    send('malformed JSON', json, '{"broken": '),
    send('wrong content type', { 'content-type': 'text/xml' }, '<broken/>'),
    send('no body', json, ''),
    send('JSON of another type', json, '[null, 1, "x"]'),
    send(DEEPLY_NESTED, json, '['.repeat(DEPTH) + ']'.repeat(DEPTH)),
    send('oversized body', json, JSON.stringify({ filler: 'x'.repeat(OVERSIZED_BYTES) })),
  ]
}

const unusedMethod = (lab: Known, path: string) =>
  ['DELETE', 'PUT', 'PATCH'].find(
    (method) =>
      !lab.service.routes.some(
        (route) => route.path === path && (route.method === method || route.method === 'ANY'),
      ),
  )

const pathMisuses = (lab: Known): Misuse[] => {
  const known = lab.known.find(({ request, route }) => request.method === 'GET' && !/[:*]/.test(route.path))
  const method = known === undefined ? undefined : unusedMethod(lab, known.route.path)
  return [
    { misuse: 'unknown route', request: { method: 'GET', path: '/plimsoll/no-such-route' } },
    { misuse: 'malformed percent encoding', request: { method: 'GET', path: '/%c0%ae%zz' } },
    ...(known === undefined || method === undefined
      ? []
      : [
          {
            misuse: `wrong method (${method} ${known.route.path})`,
            request: { method, path: known.request.path },
          },
        ]),
  ]
}

/** Requests that no client should send and every server receives; the order is fixed. */
export const misuses = (lab: Known): { bodyRoute: string | null; all: Misuse[] } => {
  const target = bodyTarget(lab)
  return {
    bodyRoute: target === null ? null : `${target.method} ${target.path}`,
    all: [...pathMisuses(lab), ...bodyMisuses(lab)],
  }
}
