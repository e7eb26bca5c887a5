import ts from 'typescript'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import type { Project } from '../../instruments/source/project.ts'
import { importsOf } from '../../instruments/source/script-nodes.ts'
import { defineFixer } from '../define.ts'
import { findPools } from '../find-pools.ts'
import { type FoundRoute, findRoute } from '../find-route.ts'
import { type Framework, findServers } from '../find-servers.ts'
import { openEdits, patchOf } from '../patch-of.ts'
import { reachPool } from '../reach-pool.ts'
import { mendController } from './mend-controller.ts'

const UNAVAILABLE = "{ status: 'unavailable' }"

/** How each framework says it, given the names of the handler's parameters. */
const REFUSE: Readonly<Record<Exclude<Framework, 'nestjs'>, (name: string) => readonly string[]>> = {
  fastify: (reply) => [`return ${reply}.code(503).send(${UNAVAILABLE})`],
  express: (res) => [`return ${res}.status(503).json(${UNAVAILABLE})`],
  koa: (ctx) => [`${ctx}.status = 503`, `${ctx}.body = ${UNAVAILABLE}`, 'return'],
}
const PARAMETERS: Readonly<
  Record<Exclude<Framework, 'nestjs'>, { names: readonly string[]; answer: number }>
> = {
  fastify: { names: ['_request', 'reply'], answer: 1 },
  express: { names: ['_req', 'res'], answer: 1 },
  koa: { names: ['ctx'], answer: 0 },
}

/** A probe that restarts the process must not depend on the database: the same path cannot be both. */
const isLiveness = (source: Project, path: string) =>
  source
    .under('', '.yaml', '.yml')
    .some((file) =>
      new RegExp(`livenessProbe:[^]{0,200}?path:\\s*["']?${path}["']?\\s`).test(source.text(file) ?? ''),
    )

const isAsync = ({ handler }: FoundRoute) =>
  handler.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true

/** The names of the parameters that are needed, with those that are there already; null where one is taken apart. */
const parametersOf = ({ handler }: FoundRoute, wanted: readonly string[]): string[] | null => {
  const given = handler.parameters.map(({ name }) => (ts.isIdentifier(name) ? name.text : null))
  if (given.includes(null)) return null
  return wanted.map((name, at) => given[at] ?? name)
}

/** What the handler's body is as statements, without its braces. */
const statementsOf = (edit: Edit, { handler }: FoundRoute): string | null => {
  const { body } = handler
  if (!ts.isBlock(body))
    return `return ${edit.raw(ts.isParenthesizedExpression(body) ? body.expression : body)}`
  return null
}

const HEAD = (pool: string, refuse: readonly string[]) => [
  'try {',
  `  await ${pool}.query('SELECT 1')`,
  '} catch {',
  ...refuse.map((line) => `  ${line}`),
  '}',
]

/** Types of Express want nothing returned. */
const untyped = (lines: readonly string[]) =>
  lines.flatMap((line) =>
    /^ *return \S/.test(line) ? [line.replace('return ', ''), `${/^ */.exec(line)}return`] : [line],
  )

const mendRoute = (edit: Edit, route: FoundRoute, framework: Exclude<Framework, 'nestjs'>, pool: string) => {
  const { names, answer } = PARAMETERS[framework]
  const parameters = parametersOf(route, names)
  const reply = parameters?.[answer]
  if (parameters === null || reply === undefined) return
  const isTyped = framework === 'express' && edit.style.typescript
  const refuse = REFUSE[framework](reply)
  const head = HEAD(pool, isTyped ? untyped(refuse) : refuse)
  const given = statementsOf(edit, route)
  const only = isTyped && given !== null ? given.replace(/^return /, '') : given
  const { handler } = route
  if (only === null) {
    const first = ts.isBlock(handler.body) ? handler.body.statements[0] : undefined
    const missing = names.length > handler.parameters.length
    if (first === undefined || missing) return
    edit.before(first, head.join('\n'))
    if (!isAsync(route)) edit.insert(handler.getStart(edit.source), 'async ')
    return
  }
  if (ts.isFunctionExpression(handler)) return
  const lines = [...head, only].map((line) => `  ${line}`)
  edit.replace(handler, [`async (${parameters.join(', ')}) => {`, ...lines, '}'].join('\n'))
}

const frameworkIn = (
  source: Project,
  { source: script }: FoundRoute,
): Exclude<Framework, 'nestjs'> | null => {
  const frameworks = new Set(findServers(source).map(({ framework }) => framework))
  const imported = [...importsOf(script).values()].map(({ from }) => from)
  for (const one of ['express', 'fastify', 'koa'] as const)
    if (frameworks.has(one) && (frameworks.size === 1 || imported.includes(one))) return one
  return null
}

/** **Contract:** reads, never writes; nothing where the route or the pool is out of reach. */
export default defineFixer({
  id: 'ready-when-store-answers',
  title: 'Let the health route ask the database',
  repairs: ['health-truth'],
  propose: async (finding, source) => {
    const [, path] = /^GET (\S+): readiness$/.exec(finding.subject) ?? []
    if (path === undefined || !/while the database is down/.test(finding.title)) return []
    if (isLiveness(source, path)) return []
    const [pool, another] = findPools(source).filter(({ kind }) => kind === 'Pool')
    if (pool === undefined || another !== undefined) return []
    const edits = openEdits(source)
    const route = findRoute(source, 'GET', path)
    const framework = route === null ? null : frameworkIn(source, route)
    if (route === null) mendController(source, edits, path, pool)
    else if (framework !== null) {
      const edit = edits.of(route.file)
      const name = edit === null ? null : reachPool(edits, edit, pool)
      if (edit !== null && name !== null) mendRoute(edit, route, framework, name)
    }
    const title = `Answer 503 on GET ${path} while the database does not answer`
    const patches = patchOf(finding, 'ready-when-store-answers', title, edits)
    return patches.filter(({ changes }) => changes.some(({ after }) => after?.includes('SELECT 1')))
  },
})
