import {
  type Call,
  constant,
  dictionary,
  hostOf,
  likelyTextOf,
  textOf,
  UNDEFINED,
  type Value,
  type World,
} from '../../languages/javascript/code/code.ts'
import { pluginsIn } from './plugin.ts'

/** Where the code that is followed believes the project to be: file names below it are the project's own. */
const ROOT = '/project/'
const SCRIPT = /\.[cm]?[jt]s$/
const SKIPPED = /\.(?:test|spec)\.[cm]?[jt]s$|\.d\.[cm]?ts$/
const INDEX = /^index\.[cm]?[jt]s$/
const HOOKS = /^_?\.?autohooks\.[cm]?[jt]s$/i

export const isAutoload = (value: Value): boolean => hostOf(value)?.name === '@fastify/autoload'

type Options = { dirNames: boolean; parameters: boolean; given: ReadonlyMap<string, Value>; prefix: Value }
type Enter = (plugin: Value, options: Value) => void

const isOff = (value: Value) => value.kind === 'constant' && value.value === false
const isOn = (value: Value) => value.kind === 'constant' && value.value === true

const optionsIn = (world: World, options: Value): Options => {
  const shared = world.get(options, 'options')
  const given =
    shared.kind === 'dictionary'
      ? (world.fields(shared) ?? new Map<string, Value>())
      : new Map<string, Value>()
  const prefix = given.get('prefix') ?? UNDEFINED
  return {
    dirNames: !isOff(world.get(options, 'dirNameRoutePrefix')),
    parameters: isOn(world.get(options, 'routeParams')),
    given,
    prefix,
  }
}

/** `_id` is a parameter where the option says so, `__a` two of them. */
const segment = (name: string, parameters: boolean) =>
  parameters && name.startsWith('_')
    ? name
        .split('_')
        .filter((part) => part !== '')
        .map((part) => `:${part}`)
        .join('-')
    : name

/** The prefix that all get, and the folder's own after it: plainly joined, since code may go on joining. */
const below = (shared: Value, own: string): Value => {
  if (own === '') return shared
  const text = likelyTextOf(shared) ?? (shared.kind === 'constant' ? '' : null)
  const joined = text === null ? null : `${text.replace(/\/$/, '')}${own}`.replace(/\/+/g, '/')
  if (shared.kind === 'constant') return constant(joined ?? own)
  return shared.kind === 'unknown' && joined !== null ? { ...shared, likely: joined } : shared
}

const load = (world: World, file: string, prefix: string, options: Options, enter: Enter) => {
  const exports = dictionary(world.run(file).fields)
  const named = (key: string) => textOf(world.get(exports, key))
  const [plugin] = pluginsIn(world, exports)
  if (plugin === undefined || isOff(world.get(exports, 'autoload'))) return
  const own = (key: string) => textOf(world.get(plugin, key)) ?? named(key)
  const override = own('prefixOverride')
  const path = override === null ? below(options.prefix, own('autoPrefix') ?? prefix) : constant(override)
  enter(plugin, dictionary([...options.given, ['prefix', path]]))
}

const visit = (world: World, dir: string, prefix: string, options: Options, enter: Enter) => {
  const below = world.project.under(dir).map((file) => file.slice(dir.length + 1))
  const files = below.filter(
    (name) => !name.includes('/') && SCRIPT.test(name) && !SKIPPED.test(name) && !HOOKS.test(name),
  )
  const index = files.find((name) => INDEX.test(name))
  for (const name of index === undefined ? files : [index])
    load(world, `${dir}/${name}`, prefix, options, enter)
  const folders = new Set(below.filter((name) => name.includes('/')).map((name) => name.split('/')[0] ?? ''))
  for (const name of folders) {
    const added = options.dirNames ? segment(name, options.parameters) : ''
    visit(world, `${dir}/${name}`, `${prefix}/${added}`, options, enter)
  }
}

/** What `@fastify/autoload` registers: a folder's plugins, each under the names of the folders it is in. */
export const loadFolder = (world: World, options: Value, _call: Call, enter: Enter): void => {
  const dir = textOf(world.get(options, 'dir'))
  if (dir === null || !dir.startsWith(ROOT)) {
    enter({ kind: 'unknown', why: 'a folder that is decided at run time' }, options)
    return
  }
  visit(world, dir.slice(ROOT.length).replace(/\/$/, ''), '', optionsIn(world, options), enter)
}
