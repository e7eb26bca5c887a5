import ts from 'typescript'
import { addImport } from '../../instruments/source/edit/add-import.ts'
import { addProperties } from '../../instruments/source/edit/add-properties.ts'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import { writeInStyle } from '../../instruments/source/edit/write-in-style.ts'
import { bare, propertyOf } from '../../instruments/source/script-nodes.ts'
import type { Finding } from '../../model/verdict.ts'
import { defineFixer } from '../define.ts'
import { specifierOf } from '../file-of.ts'
import { findRegistration, type RegisteredRoute } from '../find-route.ts'
import { findServer } from '../find-servers.ts'
import { openEdits, patchOf } from '../patch-of.ts'
import { refusalBody } from '../refusal-body.ts'
import { type Limited, limiterCode, TOO_MANY } from './limiter-code.ts'

const PASSWORD = /pass|pwd|secret|pin/i

const keysOf = (body: string): string[] => {
  try {
    const given: unknown = JSON.parse(body)
    return typeof given === 'object' && given !== null ? Object.keys(given) : []
  } catch {
    return []
  }
}

/** The field of the body that says whose password it is. */
const accountField = ({ evidence }: Finding): string | null => {
  for (const one of evidence) {
    if (one.kind !== 'exchange') continue
    const names = keysOf(one.exchange.requestBody ?? '').filter((name) => !PASSWORD.test(name))
    const known = names.find((name) => /mail|user|login|name|account|phone/i.test(name))
    if (known !== undefined && /^\w+$/.test(known)) return known
  }
  return null
}

/** Before the handler, after what reads the body. */
const addMiddleware = (edit: Edit, { given }: RegisteredRoute, name: string): boolean => {
  edit.insert(given.getStart(edit.source), `${name}, `)
  return true
}

const addHook = (edit: Edit, { call, given: last }: RegisteredRoute, name: string): boolean => {
  const given = call.arguments[1]
  if (given === undefined) return false
  if (given === last && !ts.isObjectLiteralExpression(bare(given))) {
    edit.insert(given.getStart(edit.source), `{ preHandler: ${name} }, `)
    return true
  }
  const options = bare(given)
  if (!ts.isObjectLiteralExpression(options)) return false
  const before = propertyOf(options, 'preHandler')
  if (before === null) addProperties(edit, options, [`preHandler: ${name}`])
  else if (ts.isArrayLiteralExpression(before)) edit.insert(before.getStart(edit.source) + 1, `${name}, `)
  else if (before.parent.getStart() !== before.getStart())
    edit.replace(before, `[${name}, ${edit.raw(before)}]`)
  else return false
  return true
}

const isLimited = (framework: string): framework is Limited => framework !== 'nestjs'

/** **Contract:** reads, never writes; nothing for TypeScript, and where the route is not registered in one place. */
export default defineFixer({
  id: 'login-limit',
  title: 'Slow down whoever guesses passwords',
  repairs: ['authentication'],
  propose: async (finding, source) => {
    const [, method = '', path = ''] = /^(\w+) (\S+): throttle$/.exec(finding.subject) ?? []
    const framework = findServer(source)?.framework ?? 'nestjs'
    const field = accountField(finding)
    const route = path === '' ? null : findRegistration(source, method, path)
    if (route === null || field === null || !isLimited(framework)) return []
    const edits = openEdits(source)
    const edit = edits.of(route.file)
    const file = route.file.replace(/[^/]+(\.[cm]?[jt]s)$/, 'login-limit$1')
    if (edit === null || edit.style.typescript || source.exists(file)) return []
    const { style } = edit
    const refusal = refusalBody(source, route.source, 429, TOO_MANY)
    const code = limiterCode(framework, field, style.modules, refusal)
    edits.create(file, `${writeInStyle(code, style)}${style.eol}`)
    const name = addImport(edit, { from: specifierOf(edit, file), name: 'limitLogins' })
    const isPlaced = framework === 'fastify' ? addHook(edit, route, name) : addMiddleware(edit, route, name)
    return isPlaced ? patchOf(finding, 'login-limit', 'Answer 429 after a few wrong passwords', edits) : []
  },
})
