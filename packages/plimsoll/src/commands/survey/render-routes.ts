import { formatCount } from '../../base/text/numbers.ts'
import { wrap } from '../../base/text/wrap.ts'
import type { Route, Service, Tristate } from '../../model/system.ts'

const MARGIN = '    '
const MARKS: Readonly<Record<Tristate, string>> = { yes: 'yes', no: 'no', unknown: '?' }
/** Width of guard and body check with the gaps around them. */
const CHECKS = '  GUARD  BODY  '.length

const placeOf = ({ handler, place }: Route) => handler.place ?? place

type Row = { route: Route; place: string }
type Columns = { margin: string; method: number; path: number }

/** What does not fit beside the path moves to a line of its own. */
const row = ({ route, place }: Row, { margin, method, path }: Columns): string[] => {
  const left = `${margin}${route.method.padEnd(method)}  `
  const right = `${MARKS[route.guard].padEnd(5)}  ${MARKS[route.validator].padEnd(4)}  ${place}`
  return route.path.length > path
    ? [left + route.path, `${' '.repeat(left.length + path + 2)}${right}`]
    : [`${left}${route.path.padEnd(path)}  ${right}`]
}

const table = (rows: readonly Row[], columns: Columns): string[] => [
  `${columns.margin}${'METHOD'.padEnd(columns.method)}  ${'PATH'.padEnd(columns.path)}  GUARD  BODY  PLACE`,
  ...rows.flatMap((one) => row(one, columns)),
]

const byPath = (a: Route, b: Route) => (a.path === b.path ? 0 : a.path < b.path ? -1 : 1)

/** One table by path where every line fits; else a block a file, so that no place has to be cut. */
export const renderRoutes = ({ routes }: Pick<Service, 'routes'>, width: number): string[] => {
  if (routes.length === 0) return ['', `${MARGIN}no routes found`]
  const sorted = routes.toSorted(byPath)
  const title = ['', `${MARGIN}${formatCount(routes.length, 'route')}`]
  const method = Math.max(6, ...routes.map((route) => route.method.length))
  const longestPath = Math.max(4, ...routes.map((route) => route.path.length))
  const rows = sorted.map((route) => ({ route, place: `${placeOf(route).file}:${placeOf(route).line}` }))
  const longestPlace = Math.max(...rows.map(({ place }) => place.length))
  const whole = MARGIN.length + method + 2 + longestPath + CHECKS + longestPlace
  if (whole <= width) return [...title, ...table(rows, { margin: MARGIN, method, path: longestPath })]

  const path = Math.max(
    4,
    Math.min(longestPath, width - MARGIN.length - 2 - method - 2 - CHECKS - ':1234'.length),
  )
  const columns = { margin: `${MARGIN}  `, method, path }
  const files = [...new Set(sorted.map((route) => placeOf(route).file))].sort()
  const [heading = ''] = table([], columns)
  return [
    ...title,
    heading,
    ...files.flatMap((file) => [
      MARGIN + file,
      ...sorted
        .filter((route) => placeOf(route).file === file)
        .flatMap((route) => row({ route, place: `:${placeOf(route).line}` }, columns)),
    ]),
  ]
}

export const renderUnresolved = ({ unresolved }: Pick<Service, 'unresolved'>, width: number): string[] =>
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
