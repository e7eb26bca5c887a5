import type { Harvest } from './harvest.ts'

const MOST = 3

/** The path with every parameter filled, in a few ways, the best first; empty when nothing is known to fill one. */
export const fillPaths = (path: string, harvest: Harvest): string[] => {
  const names = [...path.matchAll(/:(\w+)/g)].flatMap(([, name]) => (name === undefined ? [] : [name]))
  const filled = names.reduce<string[]>(
    (paths, name) =>
      paths.flatMap((one) =>
        harvest
          .forParameter(path, name, one)
          .slice(0, MOST)
          .map((value) => one.replace(`:${name}`, encodeURIComponent(value))),
      ),
    [path],
  )
  return filled.slice(0, MOST)
}
