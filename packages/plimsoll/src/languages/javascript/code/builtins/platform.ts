import { posix } from 'node:path'
import type { Machine } from '../machine.ts'
import {
  type Call,
  constant,
  dictionary,
  host,
  list,
  native,
  textOf,
  UNDEFINED,
  unknown,
  type Value,
  variable,
} from '../value.ts'
import { fluentSchema } from './fluent-schema.ts'

/** Stands for the absolute path of the project, which no artifact may hold. */
export const ROOT = '/project'

export const pathOf = (file: string) => posix.join(ROOT, file)
const inProject = (path: string): string | null => {
  const inside = posix.relative(ROOT, posix.normalize(path))
  return inside.startsWith('..') ? null : inside
}

const onTexts =
  (run: (...texts: string[]) => string) =>
  ({ args }: Call): Value => {
    const texts = args.map((arg) => textOf(arg))
    return texts.every((text) => text !== null)
      ? constant(run(...texts.map((text) => text ?? '')))
      : unknown('a path')
  }

const PATH: Readonly<Record<string, (call: Call) => Value>> = {
  join: onTexts((...parts) => posix.join(...parts)),
  resolve: onTexts((...parts) => posix.resolve(ROOT, ...parts)),
  normalize: onTexts((path = '') => posix.normalize(path)),
  basename: onTexts((path = '', ending = '') => posix.basename(path, ending)),
  dirname: onTexts((path = '') => posix.dirname(path)),
  extname: onTexts((path = '') => posix.extname(path)),
  relative: onTexts((from = '', to = '') => posix.relative(from, to)),
  parse: ({ args: [path] }) => {
    const text = textOf(path)
    if (text === null) return unknown('a path')
    return dictionary(Object.entries(posix.parse(text)).map(([key, value]) => [key, constant(value)]))
  },
}

const pathModule = (): Value =>
  host('path', {
    get: (key, self) => {
      if (key === 'posix' || key === 'default') return self
      if (key === 'sep') return constant('/')
      const member = Object.hasOwn(PATH, key) ? PATH[key] : undefined
      return member === undefined ? null : native(`path.${key}`, member)
    },
  })

const stat = (machine: Machine, path: string | null): Value => {
  const inside = path === null ? null : inProject(path)
  if (inside === null) return unknown('a file')
  const isFile = machine.world.project.exists(inside)
  const answer = (value: boolean) => native('stat', () => constant(value))
  return dictionary([
    ['isFile', answer(isFile)],
    ['isDirectory', answer(!isFile)],
  ])
}

/** The folder as the repository has it: files that only a build makes are not there. */
const readFolder = (machine: Machine, { args: [path, options] }: Call): Value => {
  const text = textOf(path)
  const dir = text === null ? null : inProject(text)
  if (dir === null) return unknown('the content of a folder')
  const below = machine.world.project.under(dir)
  const skip = dir === '' ? 0 : dir.length + 1
  const recursive = options === undefined ? null : machine.get(options, 'recursive')
  const deep = recursive?.kind === 'constant' && recursive.value === true
  const names = new Set(below.map((file) => (deep ? file.slice(skip) : file.slice(skip).split('/')[0])))
  if (options === undefined || machine.get(options, 'withFileTypes').kind !== 'constant') {
    return list([...names].map((name) => constant(name)))
  }
  if (machine.get(options, 'withFileTypes') === UNDEFINED)
    return list([...names].map((name) => constant(name)))
  return list(
    [...names].map((name) => {
      const entry = stat(machine, posix.join(text ?? '', name ?? ''))
      if (entry.kind === 'dictionary') entry.fields.set('name', constant(name))
      return entry
    }),
  )
}

/** A function with a callback last (`fs.readdir`), or without one (`fs/promises`). */
const eitherWay =
  (machine: Machine, read: (call: Call) => Value) =>
  (call: Call): Value => {
    const value = read(call)
    const callback = call.args.at(-1)
    if (callback?.kind === 'closure') machine.call(callback, [constant(null), value], { node: call.node })
    return value
  }

const fileModule = (machine: Machine): Value => {
  const exists = ({ args: [path] }: Call): Value => {
    const text = textOf(path)
    const inside = text === null ? null : inProject(text)
    if (inside === null) return unknown('whether a file exists')
    return machine.world.project.exists(inside) || machine.world.project.under(inside).length > 0
      ? constant(true)
      : unknown('whether a file exists')
  }
  const listing = eitherWay(machine, (call) => readFolder(machine, call))
  const state = eitherWay(machine, ({ args: [path] }) => stat(machine, textOf(path)))
  const members: Readonly<Record<string, (call: Call) => Value>> = {
    readdir: listing,
    readdirSync: listing,
    stat: state,
    statSync: state,
    lstat: state,
    lstatSync: state,
    existsSync: exists,
  }
  return host('fs', {
    get: (key, self) => {
      if (key === 'promises' || key === 'default') return self
      const member = Object.hasOwn(members, key) ? members[key] : undefined
      return member === undefined
        ? native(`fs.${key}`, () => unknown(`fs.${key}()`))
        : native(`fs.${key}`, member)
    },
  })
}

const urlModule = (): Value => {
  const strip = native('fileURLToPath', ({ args: [url] }) => {
    const text = textOf(url)
    return text === null ? unknown('a path') : constant(text.replace(/^file:\/\//, ''))
  })
  const add = native('pathToFileURL', ({ args: [path] }) => {
    const text = textOf(path)
    return text === null
      ? unknown('a URL')
      : dictionary([
          ['href', constant(`file://${text}`)],
          ['pathname', constant(text)],
        ])
  })
  return dictionary([
    ['fileURLToPath', strip],
    ['pathToFileURL', add],
  ])
}

/** `process`: a variable of the environment is unknown, but a default beside it may stand in. */
const variables = (machine: Machine): Value =>
  host('process.env', { get: (key) => variable(key, machine.options.environment?.get(key)) })

export const environment = (machine: Machine): Value => {
  const env = variables(machine)
  return host('process', {
    get: (key) => {
      if (key === 'env') return env
      if (key === 'cwd') return native('process.cwd', () => constant(pathOf(machine.options.dir ?? '.')))
      if (key === 'argv') return list([constant('node'), constant('main')], true)
      return native(`process.${key}`, () => unknown(`process.${key}()`))
    },
  })
}

/** Its `Segments` name the parts of a request; all else is the package's own. */
const celebrate = (): Value => {
  const words = { BODY: 'body', QUERY: 'query', PARAMS: 'params', HEADERS: 'headers', COOKIES: 'cookies' }
  const segments = dictionary(Object.entries(words).map(([name, word]) => [name, constant(word)]))
  return host('celebrate', {
    get: (key, self) => {
      if (key === 'default') return self
      return key === 'Segments'
        ? segments
        : { kind: 'external', package: 'celebrate', path: [key], args: [], place: null }
    },
  })
}

/** Modules of the platform that decide which files are loaded, and under which names. */
export const createPlatform = (machine: Machine): ReadonlyMap<string, Value> => {
  const path = pathModule()
  const files = fileModule(machine)
  const util = dictionary(
    [
      ['promisify', native('promisify', ({ args: [value] }) => value ?? UNDEFINED)],
      ['inherits', native('inherits', () => UNDEFINED)],
    ],
    { open: true },
  )
  return new Map<string, Value>([
    ['path', path],
    ['path/posix', path],
    ['fs', files],
    ['fs/promises', files],
    ['fs-extra', files],
    ['url', urlModule()],
    ['util', util],
    ['process', environment(machine)],
    ['fluent-json-schema', fluentSchema(machine)],
    ['fluent-schema', fluentSchema(machine)],
    ['celebrate', celebrate()],
    ['env-schema', native('env-schema', () => variables(machine))],
    ['envalid', dictionary([['cleanEnv', native('cleanEnv', () => variables(machine))]], { open: true })],
  ])
}
