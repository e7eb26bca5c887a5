import { byteLength, cutTo, fitRows } from '../../base/text/fit.ts'
import { formatCount } from '../../base/text/numbers.ts'
import type { Route, Service, StoreUse, System, Tristate } from '../../model/system.ts'

const MARKS: Readonly<Record<Tristate, string>> = { yes: 'yes', no: 'no', unknown: '?' }
const ROUTES_SHARE = 0.6

const placeOf = ({ handler, place }: Route) => {
  const at = handler.place ?? place
  return `${at.file}:${at.line}`
}

/** Their requests have no body as a rule, so that it says nothing when none is checked. */
const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'DELETE'])

const routeRow = (route: Route): string => {
  const { method, path, guard, validator } = route
  const body = BODILESS.has(method) ? [] : [`validator ${MARKS[validator]}`]
  return `  ${[`${method} ${path}`, `guard ${MARKS[guard]}`, ...body, placeOf(route)].join(' · ')}`
}

const storeOf = ({ store, client, place }: StoreUse) =>
  `${store.replace(/^unsupported:/, '')} through ${client}${place === null ? '' : ` (${place.file}:${place.line})`}`

const migrationsOf = ({ migrations }: Service) =>
  migrations.map(({ tool, dir, files, apply, atStart }) => {
    const how = atStart === true ? 'applied at start' : (apply?.command ?? 'plain files in order of name')
    return `${formatCount(files, 'file')} of ${tool}${dir === null ? '' : ` in ${dir}`}, ${how}`
  })

const envOf = ({ env }: Service) =>
  env
    .filter(({ place }) => place !== null)
    .map(({ name, required, default: fallback }) =>
      required === true && fallback === null ? `${name} (required)` : name,
    )

const line = (label: string, values: readonly string[], most = 700): string[] =>
  values.length === 0 ? [] : [`  ${label}: ${cutTo(values.join(' · '), most)}`]

const titleOf = ({ name, dir, framework, language, typescript }: Service): string => {
  const kind = [
    framework === null ? null : [framework.name, framework.version].filter(Boolean).join(' '),
    typescript ? 'TypeScript' : language,
  ]
  return `${name}${dir === '.' ? '' : ` in ${dir}`}: ${kind.filter((one) => one !== null).join(', ')}`
}

const factsOf = (service: Service): string[] => [
  titleOf(service),
  ...line('stores', service.stores.map(storeOf)),
  ...line('migrations', migrationsOf(service)),
  ...line(
    'start',
    service.start.slice(0, 1).map(({ command }) => command),
  ),
  ...line('build', service.build === null ? [] : [service.build.command]),
  ...line('test', service.test === null ? [] : [service.test.command]),
  ...line(
    'scripts',
    Object.entries(service.scripts).map(([name, command]) => `${name}: ${cutTo(command, 80)}`),
  ),
  ...line('env', envOf(service)),
  ...(service.packages.installed
    ? []
    : [`  packages are not installed: ${service.packages.install?.command ?? 'no command found'}`]),
  ...line(
    'not followed',
    service.unresolved
      .slice(0, 5)
      .map(({ what, why, place }) => `${what} at ${place.file}:${place.line}: ${why}`),
  ),
]

const byPath = (a: Route, b: Route) => (a.path === b.path ? 0 : a.path < b.path ? -1 : 1)

const routesOf = (service: Service, match: string, mostBytes: number): string[] => {
  const routes = service.routes
    .filter((route) => `${route.method} ${route.path} ${placeOf(route)}`.toLowerCase().includes(match))
    .sort(byPath)
  const which = match === '' ? '' : ` with "${match}"`
  const { rows, left } = fitRows(routes.map(routeRow), mostBytes)
  const more = left > 0 ? [`  (${left} more: give match, a part of a path or file)`] : []
  return [`  ${formatCount(routes.length, 'route')}${which}`, ...rows, ...more]
}

export type Wish = { match?: string; service?: string; mostBytes: number }

/** A System in short, for a model: what serves, what it stores in, how it starts, and every route while there is room. */
export const tellSystem = (system: System, { match = '', service: named, mostBytes }: Wish): string => {
  const services = system.services.filter(
    ({ name, dir }) => named === undefined || name === named || dir === named,
  )
  const facts = services.map((service) => factsOf(service))
  const around = [
    ...line(
      'infra',
      system.infra.map(({ kind, file }) => `${kind} ${file}`),
      400,
    ),
    ...line(
      'contracts',
      system.contracts.map(({ kind, file, operations }) => `${kind} ${file} (${operations} operations)`),
      400,
    ),
    ...line(
      'could not be read',
      system.problems.map(({ file, problem }) => `${file}: ${problem}`),
      300,
    ),
  ]
  const { rows: kept, left } = fitRows(
    facts.map((lines) => lines.join('\n')),
    mostBytes * (1 - ROUTES_SHARE / 2),
  )
  const used = byteLength([...kept, ...around].join('\n')) + 200
  const shown = services.slice(0, kept.length)
  const each = (mostBytes - used) / Math.max(1, shown.filter(({ routes }) => routes.length > 0).length) - 120
  const told = shown.flatMap((service, at) => [
    kept[at] ?? '',
    ...routesOf(service, match.toLowerCase(), each),
  ])
  const more =
    left > 0
      ? [
          `(${formatCount(left, 'more service')}: ${services
            .slice(kept.length)
            .map(({ name }) => name)
            .join(', ')
            .slice(0, 200)})`,
        ]
      : []
  return [...told, ...more, ...around].join('\n')
}
