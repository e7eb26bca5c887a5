import ts from 'typescript'
import type { Project } from '../../instruments/source/project.ts'
import { around, callsOf, methodOf, nameOf } from '../../instruments/source/script-nodes.ts'
import { type Fn, type Handler, handlerAround, isFn, nameOfFn, parameterOf } from '../find-handlers.ts'
import type { FoundStatement } from '../find-statements.ts'
import type { Edits } from '../patch-of.ts'
import { callsTo, decoratorsOf, type Owner } from './find-owners.ts'

/** What the file puts before all of its routes. */
const hooksIn = (source: ts.SourceFile): string[] =>
  [...callsOf(source)].flatMap((call) =>
    /^(?:use|addHook)$/.test(methodOf(call)) ? (call.arguments ?? []).map((one) => nameOf(one)) : [],
  )

/** Whatever tells a sibling who asks runs before this one, too. */
const isGuardedAlike = (handler: Handler, { handler: sibling, path }: Owner, name: string): boolean => {
  const [, first = ''] = path.split('.')
  const root = path.startsWith('.state.') ? `${name}.state.${path.split('.')[2]}` : `${name}.${first}`
  if (new RegExp(`\\b${root.replaceAll('.', '\\.')}\\b`).test(handler.fn.body?.getText() ?? '')) return true
  const known = new Set([...handler.guards, ...hooksIn(handler.source)])
  const wanted = [...sibling.guards, ...hooksIn(sibling.source)].filter((one) => one !== '')
  if (handler.source === sibling.source) return sibling.guards.every((one) => known.has(one))
  return (
    wanted.length > 0 && sibling.guards.every((one) => known.has(one)) && wanted.some((one) => known.has(one))
  )
}

/** Somebody with a role may see more than their own: whose rows they get is decided there. */
const ROLES = /\b(?:is_?)?admin|\broles?\b/i

/** How a handler reads who asks; null where it has not what its sibling has. */
const readIn = (handler: Handler, owner: Owner): string | null => {
  const decorated = handler.fn.parameters.findIndex((one) => decoratorsOf(one) === owner.decorators)
  const at = owner.decorators === '' ? owner.parameter : decorated
  const name = parameterOf(handler, at)
  const parameter = handler.fn.parameters[at]
  if (ROLES.test(handler.fn.getText())) return null
  if (name === null || parameter === undefined || !isGuardedAlike(handler, owner, name)) return null
  return decoratorsOf(parameter) === owner.decorators ? `${name}${owner.path}` : null
}

const functionAround = (node: ts.Node): Fn | null => {
  for (const at of around(node)) if (isFn(at) && nameOfFn(at) !== null) return at
  return null
}

const camel = (column: string) => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

type Wanted = {
  found: Pick<FoundStatement, 'call' | 'file'>
  handlers: readonly Handler[]
  owner: Owner
}

/** One more parameter of the function that sends the statement, and what its one caller gives for it. */
const handOver = (project: Project, edits: Edits, { found, handlers, owner }: Wanted): string | null => {
  const fn = functionAround(found.call)
  const [call, another] = fn === null ? [] : callsTo(project, fn)
  const handler = call === undefined ? null : handlerAround(call, handlers)
  if (fn === null || call === undefined || another !== undefined || handler === null) return null
  const value = readIn(handler, owner)
  const [there, here] = [edits.of(found.file), edits.of(handler.file)]
  const last = fn.parameters.at(-1)
  const isPlain = fn.parameters.every(
    ({ initializer, questionToken, dotDotDotToken }) =>
      initializer === undefined && questionToken === undefined && dotDotDotToken === undefined,
  )
  const given = call.arguments.at(-1)
  if (value === null || there === null || here === null || last === undefined || given === undefined)
    return null
  if (!isPlain || call.arguments.length !== fn.parameters.length || call.arguments.some(ts.isSpreadElement))
    return null
  const name = camel(owner.column)
  if (new RegExp(`\\b${name}\\b`).test(fn.getText())) return null
  const isTyped = there.style.typescript && last.type !== undefined
  const isBare = !there
    .raw(fn)
    .slice(0, last.end - fn.getStart())
    .includes('(')
  if (isBare) return null
  there.insert(last.end, `, ${name}${isTyped ? `: ${owner.type ?? 'unknown'}` : ''}`)
  here.insert(given.end, `, ${value}`)
  return name
}

/** How the place of a statement comes by who asks; null where it is out of reach. */
export const reachPrincipal = (project: Project, edits: Edits, wanted: Wanted): string | null => {
  const handler = handlerAround(wanted.found.call, wanted.handlers)
  return handler === null ? handOver(project, edits, wanted) : readIn(handler, wanted.owner)
}
