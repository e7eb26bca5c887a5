import type { Route } from '../../model/system.ts'
import { fillPaths } from './fill-path.ts'
import type { Harvest } from './harvest.ts'

const NAME = 'plimsoll'
const IS_ID = /(?:^|_)(?:ids?|uuid|guid|no|number|index|hash|token)$|(?:Id|ID|Uuid|No|Number)$/

const lastOf = ({ path }: Pick<Route, 'path'>) => /^(.*)\/:(\w+)\/?$/.exec(path)

/** Paths under which something new may be put, as in `PUT /settings/:name`: the client gives the name. */
export const newNames = (route: Pick<Route, 'method' | 'path'>, harvest: Harvest): string[] => {
  const [, near, name] = lastOf(route) ?? []
  if (route.method !== 'PUT' || near === undefined || name === undefined || IS_ID.test(name)) return []
  return (near.includes(':') ? fillPaths(near, harvest) : [near]).map((path) => `${path}/${NAME}`)
}

/** Nothing that was shown has such a name. */
export const takesNewName = (route: Pick<Route, 'method' | 'path'>, harvest: Harvest): boolean =>
  newNames(route, harvest).length > 0 && fillPaths(route.path, harvest).length === 0

/** What was put there is known by its name from now on. */
export const keepName = (route: Pick<Route, 'path'>, sent: string, harvest: Harvest): void => {
  const [, near, name] = lastOf(route) ?? []
  if (near === undefined || name === undefined || !sent.endsWith(`/${NAME}`)) return
  harvest.keep(near, JSON.stringify({ [name]: NAME }), sent.slice(0, -NAME.length - 1))
}
