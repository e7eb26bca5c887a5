import ts from 'typescript'
import type { Project } from '../../../../instruments/source/project.ts'
import type { SourcePlace } from '../../../../model/evidence.ts'
import type { EnvRead } from '../../../../model/system.ts'
import { type Address, readAddress } from '../stores/address.ts'
import { dialectKeys, dialectOfImport, readDialect } from '../stores/dialect.ts'
import { createEnvReader } from './env.ts'
import { GETTER_PACKAGES, readGetter } from './env-getter.ts'
import { readSchema, schemasOf } from './env-schema.ts'
import { readWrapped, type Wrapper, wrapperOf } from './env-wrapper.ts'
import { type Listen, readListen } from './listen.ts'
import { createResolver, type Resolver } from './resolve.ts'
import { packageOf, placeOf, type Script, specifierOf, walk } from './syntax.ts'

export type Dialect = { client: string; speaks: string; place: SourcePlace }

/** Everything the source of one module says about how it is run. */
export type Reads = {
  env: EnvRead[]
  listens: Listen[]
  /** package → first import of it, of the client libraries */
  imports: Map<string, SourcePlace>
  dialects: Dialect[]
  addresses: Address[]
}

type Into = { reads: Reads; wrappers: Map<string, Wrapper>; resolver: Resolver; clients: ReadonlySet<string> }

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** A file without any of these words says nothing about how the app is run, and is not parsed. */
const worthReading = (clients: ReadonlySet<string>): RegExp => {
  const packages = [...clients, ...GETTER_PACKAGES].map(escaped).join('|')
  const stores = clients.size === 0 ? '' : `|['"](${packages})(/[^'"]*)?['"]|:memory:`
  const keys = dialectKeys(clients)
  const dialects = keys.length === 0 ? '' : `|\\b(${keys.join('|')})\\s*:\\s*['"]`
  return new RegExp(
    `process\\b|\\benv\\b|\\.listen\\(|\\bserve\\(|\\bport\\s*:|(postgres|postgresql|mysql|mongodb|redis|amqp)(\\+srv)?://|Config(Service|Module)\\b${stores}${dialects}`,
  )
}

/**
 * Reads the files once each.
 * @param clients client libraries of stores whose imports and dialects matter
 */
export const scan = (project: Project, files: readonly string[], clients: ReadonlySet<string>): Reads => {
  const reads: Reads = { env: [], listens: [], imports: new Map(), dialects: [], addresses: [] }
  const into: Into = { reads, wrappers: new Map(), resolver: createResolver(project), clients }
  const worth = worthReading(clients)
  for (const file of files) {
    if (!worth.test(project.text(file) ?? '')) continue
    const source = project.script(file)
    if (source !== null) scanFile({ file, source }, into)
  }
  if (into.wrappers.size > 0) reads.env.push(...readCalls(project, files, into.wrappers))
  return reads
}

const scanFile = (script: Script, into: Into): void => {
  const { reads, wrappers, resolver, clients } = into
  const env = createEnvReader(script)
  const { text } = script.source
  const getters = new Set(
    GETTER_PACKAGES.filter((name) => text.includes(`'${name}'`) || text.includes(`"${name}"`)),
  )
  const storeWords = /:\/\/|:memory:|\.(sqlite3?|db)\b|\bhost\b/.test(text)

  walk(script.source, (node) => {
    reads.env.push(...env.read(node))
    const wrapped = env.dynamic(node)
    const wrapper = wrapped === null ? null : wrapperOf(wrapped)
    if (wrapper !== null) wrappers.set(wrapper.called, wrapper)
    if (getters.size > 0) reads.env.push(...readGetter(script, node, getters))
    if (storeWords) reads.addresses.push(...readAddress(script, node))
    if (clients.size > 0)
      for (const use of readDialect(node, clients))
        reads.dialects.push({ client: use.client, speaks: use.speaks, place: placeOf(script, use.node) })
    const specifier = specifierOf(node)
    if (specifier !== null) addImport(script, node, specifier, reads)
    else if (ts.isCallExpression(node)) reads.env.push(...readSchemas(script, node, env, resolver))
    reads.listens.push(...readListen(script, node, resolver))
  })
}

const addImport = (script: Script, node: ts.Node, specifier: string, reads: Reads): void => {
  const name = packageOf(specifier)
  if (name === null) return
  if (!reads.imports.has(name)) reads.imports.set(name, placeOf(script, node))
  const dialect = dialectOfImport(specifier)
  if (dialect !== null) reads.dialects.push({ ...dialect, place: placeOf(script, node) })
}

const readSchemas = (
  script: Script,
  call: ts.CallExpression,
  env: ReturnType<typeof createEnvReader>,
  resolver: Resolver,
): EnvRead[] =>
  schemasOf(call, env, script.source).flatMap((schema) => {
    const found = ts.isIdentifier(schema) ? resolver.follow(schema, script) : null
    const at = found?.script ?? script
    const local = (name: string) => resolver.follow(ts.factory.createIdentifier(name), at)?.expression ?? null
    return readSchema(at, found?.expression ?? schema, local)
  })

/** Second pass, only over files that name one of the project's own getters. */
const readCalls = (project: Project, files: readonly string[], wrappers: ReadonlyMap<string, Wrapper>) => {
  const named = new RegExp(`\\b(${[...wrappers.keys()].map(escaped).join('|')})\\s*[<(]`)
  return files.flatMap((file) => {
    if (!named.test(project.text(file) ?? '')) return []
    const source = project.script(file)
    if (source === null) return []
    const found: EnvRead[] = []
    walk(source, (node) => found.push(...readWrapped({ file, source }, node, wrappers)))
    return found
  })
}
