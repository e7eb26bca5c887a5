import ts from 'typescript'
import type { Project } from '../../../../instruments/source/project.ts'
import type { SourcePlace } from '../../../../model/evidence.ts'
import type { EnvRead } from '../../../../model/system.ts'
import { type Address, readAddress } from '../stores/address.ts'
import { dialectOfImport, readDialect } from '../stores/dialect.ts'
import { createEnvReader } from './env.ts'
import { readGetter } from './env-getter.ts'
import { readSchema, schemasOf } from './env-schema.ts'
import { readWrapped, type Wrapper, wrapperOf } from './env-wrapper.ts'
import { type Listen, readListen } from './listen.ts'
import { createResolver } from './resolve.ts'
import { packageOf, placeOf, type Script, specifierOf, walk } from './syntax.ts'

export type Dialect = { client: string; speaks: string; place: SourcePlace }

/** Everything the source of one module says about how it is run. */
export type Reads = {
  env: EnvRead[]
  listens: Listen[]
  /** package → first import of it */
  imports: Map<string, SourcePlace>
  dialects: Dialect[]
  addresses: Address[]
}

/** A file without any of these words says nothing about how the app is run. */
const WORTH =
  /\benv\b|\blisten\b|\bserve\b|\bport\b|:\/\/|[Cc]onfig|:memory:|\.(?:sqlite|db)\b|dialect|client|DataSource|from ['"][^.]|require\(['"][^.]/

export const scan = (project: Project, files: readonly string[], clients: ReadonlySet<string>): Reads => {
  const reads: Reads = { env: [], listens: [], imports: new Map(), dialects: [], addresses: [] }
  const wrappers = new Map<string, Wrapper>()
  const resolver = createResolver(project)
  for (const file of files) {
    if (!WORTH.test(project.text(file) ?? '')) continue
    const source = project.script(file)
    if (source === null) continue
    scanFile({ file, source }, { reads, wrappers, resolver, clients })
  }
  if (wrappers.size > 0) reads.env.push(...readCalls(project, files, wrappers))
  return reads
}

type Into = {
  reads: Reads
  wrappers: Map<string, Wrapper>
  resolver: ReturnType<typeof createResolver>
  clients: ReadonlySet<string>
}

const scanFile = (script: Script, { reads, wrappers, resolver, clients }: Into): void => {
  const env = createEnvReader(script)
  const imports = importsOf(script)
  for (const [specifier, place] of imports) {
    const name = packageOf(specifier)
    if (name !== null && !reads.imports.has(name)) reads.imports.set(name, place)
    const dialect = dialectOfImport(specifier)
    if (dialect !== null) reads.dialects.push({ ...dialect, place })
  }
  const packages = new Set([...imports.keys()].flatMap((specifier) => packageOf(specifier) ?? []))
  const local = (name: string) =>
    resolver.follow(ts.factory.createIdentifier(name), script)?.expression ?? null

  walk(script.source, (node) => {
    reads.env.push(...env.read(node), ...readGetter(script, node, packages))
    const wrapped = env.dynamic(node)
    const wrapper = wrapped === null ? null : wrapperOf(wrapped)
    if (wrapper !== null) wrappers.set(wrapper.called, wrapper)
    if (ts.isCallExpression(node))
      for (const schema of schemasOf(node, env, script.source)) {
        const found = followSchema(schema, script, resolver)
        reads.env.push(...readSchema(found.script, found.expression, local))
      }
    reads.listens.push(...readListen(script, node, resolver))
    for (const use of readDialect(script, node, clients))
      reads.dialects.push({ client: use.client, speaks: use.speaks, place: placeOf(script, use.node) })
    reads.addresses.push(...readAddress(script, node))
  })
}

const followSchema = (
  schema: ts.Expression,
  script: Script,
  resolver: Into['resolver'],
): { expression: ts.Expression; script: Script } =>
  ts.isIdentifier(schema)
    ? (resolver.follow(schema, script) ?? { expression: schema, script })
    : { expression: schema, script }

const importsOf = (script: Script): Map<string, SourcePlace> => {
  const found = new Map<string, SourcePlace>()
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node)
    if (specifier !== null && !found.has(specifier)) found.set(specifier, placeOf(script, node))
    ts.forEachChild(node, visit)
  }
  visit(script.source)
  return found
}

/** Second pass, only over files that name one of the project's own getters. */
const readCalls = (project: Project, files: readonly string[], wrappers: ReadonlyMap<string, Wrapper>) => {
  const named = new RegExp(
    `\\b(${[...wrappers.keys()].map((name) => name.replace(/\W/g, '')).join('|')})\\s*[<(]`,
  )
  return files.flatMap((file) => {
    if (!named.test(project.text(file) ?? '')) return []
    const source = project.script(file)
    if (source === null) return []
    const found: EnvRead[] = []
    walk(source, (node) => found.push(...readWrapped({ file, source }, node, wrappers)))
    return found
  })
}
