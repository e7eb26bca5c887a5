import { formatCount } from '../../base/text/numbers.ts'
import { wrap } from '../../base/text/wrap.ts'
import type { Route, Service, Tristate } from '../../model/system.ts'

const MARGIN = '    '
const MARKS: Readonly<Record<Tristate, string>> = { yes: 'yes', no: 'no', unknown: '?' }

const placeOf = ({ handler, place }: Route) => {
  const { file, line } = handler.place ?? place
  return `${file}:${line}`
}

/** Method, path, guard, body check, place; what does not fit beside the path moves to a line of its own. */
const row = (route: Route, columns: { method: number; path: number }): string[] => {
  const left = `${MARGIN}${route.method.padEnd(columns.method)}  `
  const right = `${MARKS[route.guard].padEnd(5)}  ${MARKS[route.validator].padEnd(4)}  ${placeOf(route)}`
  return route.path.length > columns.path
    ? [left + route.path, `${' '.repeat(left.length + columns.path + 2)}${right}`]
    : [`${left}${route.path.padEnd(columns.path)}  ${right}`]
}

const MOST_PATH = 34

export const renderRoutes = ({ routes }: Service, width: number): string[] => {
  if (routes.length === 0) return ['', `${MARGIN}no routes found`]
  const method = Math.max(6, ...routes.map((route) => route.method.length))
  const longestPlace = Math.max(...routes.map((route) => placeOf(route).length))
  const longestPath = Math.max(4, ...routes.map((route) => route.path.length))
  const room = width - MARGIN.length - method - 2 - 2 - 13 - longestPlace
  const path = Math.max(Math.min(longestPath, Math.max(room, MOST_PATH)), 4)
  const heading = `${MARGIN}${'METHOD'.padEnd(method)}  ${'PATH'.padEnd(path)}  GUARD  BODY  PLACE`
  const sorted = routes.toSorted((a, b) => (a.path === b.path ? 0 : a.path < b.path ? -1 : 1))
  return [
    '',
    `${MARGIN}${formatCount(routes.length, 'route')}`,
    heading,
    ...sorted.flatMap((route) => row(route, { method, path })),
  ]
}

export const renderUnresolved = ({ unresolved }: Service, width: number): string[] =>
  unresolved.length === 0
    ? []
    : [
        '',
        `${MARGIN}not resolved, so routes may be missing`,
        ...unresolved.flatMap(({ what, why, place }) =>
          wrap(`${place.file}:${place.line}  ${what}: ${why}`, {
            width,
            indent: MARGIN,
            hanging: `${MARGIN}  `,
          }),
        ),
      ]
