import { optionsOf, textOf, type Value, type World } from '../../languages/javascript/code/code.ts'
import { pathSpecs } from '../../languages/javascript/routing/path-specs.ts'
import { covers, joinPaths, normalisePath } from '../../languages/javascript/routing/paths.ts'
import { methodName } from './methods.ts'
import type { App } from './model.ts'

type Exclusion = { path: string; method: string | null }

/** How an app spells the paths of all of its routes. */
export type Addressing = {
  prefixes: string[]
  excluded: Exclusion[]
  /** what stands before a version in the path; null when versions are no part of it */
  versionPrefix: string | null
  defaultVersion: Value | null
  /** why the prefix is not known */
  unresolved: string | null
}

export const PLAIN: Addressing = {
  prefixes: [''],
  excluded: [],
  versionPrefix: null,
  defaultVersion: null,
  unresolved: null,
}

const isNothing = (value: Value | undefined) => value === undefined || value.kind === 'constant'

/** `VersioningType.URI` is 0, and what enableVersioning takes when nothing is said. */
const isInPath = (type: Value): boolean =>
  type.kind === 'external' ? type.path.at(-1) === 'URI' : textOf(type) === null || textOf(type) === '0'

const exclusion = (world: World, value: Value): Exclusion[] => {
  const text = textOf(value)
  if (text !== null) return [{ path: text, method: null }]
  const path = value.kind === 'dictionary' ? textOf(world.get(value, 'path')) : null
  return path === null ? [] : [{ path, method: methodName(world.get(value, 'method')) }]
}

const versioning = (world: World, options: Value | undefined): Partial<Addressing> => {
  if (options === undefined) return { versionPrefix: 'v' }
  if (!isInPath(world.get(options, 'type'))) return { versionPrefix: null }
  const prefix = world.get(options, 'prefix')
  const isOff = prefix.kind === 'constant' && prefix.value === false
  const version = world.get(options, 'defaultVersion')
  return {
    versionPrefix: isOff ? '' : (textOf(prefix) ?? 'v'),
    defaultVersion: version.kind === 'constant' && version.value === undefined ? null : version,
  }
}

export const readAddressing = (world: World, app: App): Addressing => {
  const addressing: Addressing = { ...PLAIN }
  for (const { name, args } of app.calls) {
    const [first, second] = args
    if (name === 'setGlobalPrefix' && first !== undefined) {
      const specs = pathSpecs(world, first)
      const texts = specs.flatMap((spec) => (spec.kind === 'path' ? [spec.path] : []))
      const lost = specs.find((spec) => spec.kind === 'unresolved')
      addressing.prefixes = texts.length > 0 ? texts : ['']
      addressing.unresolved = texts.length === 0 && lost?.kind === 'unresolved' ? lost.why : null
      const excluded =
        isNothing(second) || second === undefined ? null : world.items(world.get(second, 'exclude'))
      addressing.excluded = (excluded ?? []).flatMap((each) => exclusion(world, each))
    }
    if (name === 'enableVersioning') Object.assign(addressing, versioning(world, first))
  }
  return addressing
}

/** Texts of versions; '' for a neutral one, which is no part of the path. */
const versionTexts = (world: World, value: Value): string[] =>
  optionsOf(value).flatMap((option) => {
    if (option.kind === 'list') return option.items.flatMap((item) => versionTexts(world, item))
    if (option.kind === 'external' && option.path.at(-1) === 'VERSION_NEUTRAL') return ['']
    const text = textOf(option)
    return text === null ? [] : [text]
  })

const isExcluded = ({ excluded }: Addressing, path: string, method: string) =>
  excluded.some((each) => {
    if (each.method !== null && each.method !== 'ANY' && each.method !== method) return false
    const mount = normalisePath(joinPaths(each.path))
    const same = mount.split('/').length === path.split('/').length
    return covers(mount, path) && (same || mount.includes('*'))
  })

export type Address = {
  path: string /** without the global prefix, with and without the version */
  inner: string[]
}

/** Every full path of a route: prefix, version, module, controller and method, in this order. */
export const addressesOf = (
  world: World,
  addressing: Addressing,
  route: { module: string; controller: string; own: string; version: Value | null; method: string },
): Address[] => {
  const { versionPrefix } = addressing
  const version = route.version ?? addressing.defaultVersion
  const texts = versionPrefix === null || version === null ? [''] : versionTexts(world, version)
  const bare = joinPaths(...[route.module, route.controller, route.own].map(normalisePath))
  return (texts.length === 0 ? [''] : texts).flatMap((text) => {
    const versioned = text === '' ? bare : joinPaths(`${versionPrefix ?? ''}${text}`, bare)
    const outside = isExcluded(addressing, bare, route.method)
    return addressing.prefixes.map((prefix) => ({
      path: outside ? versioned : joinPaths(normalisePath(prefix), versioned),
      inner: [bare, versioned],
    }))
  })
}
