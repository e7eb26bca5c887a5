import ts from 'typescript'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import type { Project } from '../../instruments/source/project.ts'
import { callsOf, literalOf, methodOf } from '../../instruments/source/script-nodes.ts'
import { codeFiles } from '../code-files.ts'
import { defineFixer } from '../define.ts'
import { type FoundServer, type Framework, findServer } from '../find-servers.ts'
import { type Edits, openEdits, patchOf } from '../patch-of.ts'

type Header = { name: string; value: string }

/** Nothing that could keep a page from loading what it loads today. */
const HEADERS: Readonly<Record<string, Header>> = {
  'X-Content-Type-Options': { name: 'x-content-type-options', value: "'nosniff'" },
  'HTML pages': { name: 'content-security-policy', value: '"frame-ancestors \'self\'"' },
}

const SETTERS: ReadonlySet<string> = new Set(['header', 'set', 'setHeader'])

/** A statement of its own that sets a header, by the header's name. */
function* settersIn(source: ts.SourceFile, names: readonly string[]): Generator<ts.ExpressionStatement> {
  for (const call of callsOf(source)) {
    const name = literalOf(call.arguments?.[0])?.toLowerCase()
    if (name === undefined || !names.includes(name) || !SETTERS.has(methodOf(call))) continue
    if (ts.isExpressionStatement(call.parent)) yield call.parent
  }
}

const lineFor = (framework: Framework, { name, value }: Header) =>
  ({
    express: `res.set('${name}', ${value})`,
    fastify: `reply.header('${name}', ${value})`,
    koa: `ctx.set('${name}', ${value})`,
    nestjs: `response.setHeader('${name}', ${value})`,
  })[framework]

const hookFor = ({ app, framework }: FoundServer, header: Header, typed: boolean): string => {
  const line = `  ${lineFor(framework, header)}`
  const answer = typed ? 'response: { setHeader(name: string, value: string): void }' : 'response'
  const head = {
    express: `${app}.use((_req, res, next) => {`,
    fastify: `${app}.addHook('onSend', async (_request, reply) => {`,
    koa: `${app}.use(async (ctx, next) => {`,
    nestjs: `${app}.use((${typed ? '_request: unknown' : '_request'}, ${answer}, ${typed ? 'next: () => void' : 'next'}) => {`,
  }[framework]
  const last = { express: ['  next()'], fastify: [], koa: ['  await next()'], nestjs: ['  next()'] }[
    framework
  ]
  return [head, line, ...last, '})'].join('\n')
}

/** Beside a header that we, or somebody else, set on every answer in a hook of ours; else a hook of its own. */
const addHeader = (edits: Edits, server: FoundServer, header: Header) => {
  const edit = edits.of(server.file)
  if (edit === null) return
  const ours = Object.values(HEADERS).map(({ name }) => name)
  const [beside] = settersIn(edit.source, ours)
  if (beside === undefined) {
    edit.after(server.made, hookFor(server, header, edit.style.typescript), { gap: true })
    return
  }
  const setter = edit.raw(beside).slice(0, edit.raw(beside).indexOf('('))
  edit.after(beside, `${setter}('${header.name}', ${header.value})`)
}

const removeIn = (edit: Edit, name: string) => {
  const found = [...settersIn(edit.source, [name])]
  for (const one of found) edit.remove(one)
  return found.length > 0
}

/** Express says it by itself; any other app says it because somebody wrote it. */
const hush = (source: Project, edits: Edits, server: FoundServer | null) => {
  const written = codeFiles(source).map(({ file }) => edits.of(file))
  const removed = written.map((edit) => edit !== null && removeIn(edit, 'x-powered-by'))
  const edit = server === null ? null : edits.of(server.file)
  const isOff = edit?.source.text.includes("('x-powered-by')") === true
  if (removed.includes(true) || server === null || edit === null || isOff) return
  if (server.framework === 'express') edit.after(server.made, `${server.app}.disable('x-powered-by')`)
  if (server.framework === 'nestjs')
    edit.after(server.made, `${server.app}.getHttpAdapter().getInstance().disable('x-powered-by')`)
}

/** **Contract:** reads, never writes; nothing where there is not one app. */
export default defineFixer({
  id: 'answer-headers',
  title: 'Send the headers that protect browsers',
  repairs: ['security-headers'],
  propose: async (finding, source) => {
    const edits = openEdits(source)
    const server = findServer(source)
    const header = HEADERS[finding.subject]
    if (finding.subject === 'X-Powered-By') hush(source, edits, server)
    else if (header !== undefined && server !== null) addHeader(edits, server, header)
    const title =
      header === undefined ? 'Do not say what the server runs on' : `Send ${header.name} on every answer`
    return patchOf(finding, 'answer-headers', title, edits)
  },
})
