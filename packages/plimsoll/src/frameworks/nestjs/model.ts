import {
  type Call,
  dictionary,
  type External,
  host,
  native,
  type PackageModel,
  UNDEFINED,
  unknown,
  type Value,
  type World,
} from '../../languages/javascript/code/code.ts'
import type { SourcePlace } from '../../model/evidence.ts'
import { makeInstance } from './instance.ts'
import type { Metadata } from './metadata.ts'

/** One call that the code makes on an app: `setGlobalPrefix('api')`. */
export type AppCall = { name: string; args: readonly Value[]; certain: boolean; place: SourcePlace }

/** What `NestFactory.create` gave, with every call made on it since. */
export type App = { module: Value; place: SourcePlace; calls: AppCall[] }

/** How a decorator that the target made with `Reflector.createDecorator` is told from others. */
export const METADATA_KEY = '\u0000metadata-key'
export const METADATA_VALUE = '\u0000metadata-value'

const RECORDED = new Set([
  'setGlobalPrefix',
  'enableVersioning',
  'use',
  'useGlobalGuards',
  'useGlobalPipes',
  'useGlobalInterceptors',
])
const PROMISES = new Set(['then', 'catch', 'finally'])

const external = (name: string, path: readonly string[]): External => ({
  kind: 'external',
  package: name,
  path,
  args: [],
  place: null,
})

const keeper = (name: string, call: (call: Call) => Value) => host(name, { keepsArguments: true, call })

const createApp = (world: World, call: Call, apps: App[]): Value => {
  const app: App = { module: call.args[0] ?? UNDEFINED, place: call.place, calls: [] }
  apps.push(app)
  return host('the Nest app', {
    get: (key, self) => {
      if (PROMISES.has(key)) return null
      if (RECORDED.has(key))
        return keeper(key, ({ args, depth, place }) => {
          app.calls.push({ name: key, args, certain: depth <= call.depth, place })
          return self
        })
      if (key === 'get' || key === 'resolve')
        return native(key, ({ args: [token], node }) => makeInstance(world, token ?? UNDEFINED, node))
      return unknown(`the app's "${key}"`)
    },
  })
}

const factory = (world: World, apps: App[]) =>
  host('NestFactory', {
    get: (key) =>
      key === 'create'
        ? keeper(key, (call) => createApp(world, call, apps))
        : keeper(key, () => unknown(`what NestFactory.${key} gives`)),
  })

const createDecorator = (): Value => {
  const made: Value = keeper('a decorator', ({ args: [value] }) =>
    dictionary([
      [METADATA_KEY, made],
      [METADATA_VALUE, value ?? dictionary()],
    ]),
  )
  return made
}

const reflectorClass = (metadata: Metadata) => {
  const instance = host('Reflector', { get: (key) => metadata.reader(key) })
  return host('Reflector', {
    construct: () => instance,
    get: (key) => (key === 'createDecorator' ? native(key, createDecorator) : null),
  })
}

/** A class that extends the built one answers `register(options)` with a dynamic module of itself. */
const moduleBuilder = () => {
  const base = host('ConfigurableModuleClass', {
    get: (key) => (key === 'prototype' ? null : native(key, ({ self }) => dictionary([['module', self]]))),
  })
  const builder = host('ConfigurableModuleBuilder', {
    get: (key, self) =>
      key === 'build'
        ? native(key, () => dictionary([['ConfigurableModuleClass', base]], { open: true }))
        : native(key, () => self),
  })
  return host('ConfigurableModuleBuilder', { construct: () => builder })
}

/** A setting of the configuration: its default stands in for it. */
const configClass = () => {
  const read = native('config.get', ({ args: [name, fallback] }) => {
    const given = fallback?.kind === 'dictionary' ? undefined : fallback
    const shown = name?.kind === 'constant' ? ` "${String(name.value)}"` : ''
    return given ?? unknown(`the setting${shown}`, true)
  })
  const instance = host('ConfigService', { get: (key) => (/^get/.test(key) ? read : null) })
  return host('ConfigService', { construct: () => instance })
}

/** How Nest behaves to the code that is followed; `apps` and `metadata` are filled while it is. */
export const createPackages = (apps: App[], metadata: Metadata): Record<string, PackageModel> => {
  const whole =
    (name: string, members: (world: World) => Readonly<Record<string, Value>>): PackageModel =>
    (specifier, world) => {
      if (specifier !== name) return null
      const modelled = members(world)
      return host(name, {
        get: (key) =>
          PROMISES.has(key) || key === 'default' ? null : (modelled[key] ?? external(name, [key])),
      })
    }
  return {
    '@nestjs/core': whole('@nestjs/core', (world) => ({
      NestFactory: factory(world, apps),
      Reflector: reflectorClass(metadata),
    })),
    '@nestjs/common': whole('@nestjs/common', () => ({ ConfigurableModuleBuilder: moduleBuilder() })),
    '@nestjs/config': whole('@nestjs/config', () => ({ ConfigService: configClass() })),
  }
}
