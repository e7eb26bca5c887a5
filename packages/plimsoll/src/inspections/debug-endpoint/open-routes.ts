import { posix } from 'node:path'
import ts from 'typescript'
import type { Project } from '../../instruments/source/project.ts'
import { callsOf, importsOf, lineOf } from '../../instruments/source/script-nodes.ts'
import type { Route, System } from '../../model/system.ts'
import { handlerText } from '../handler-text.ts'
import { isUnderCondition } from '../local-condition.ts'
import { isShipped } from '../purpose-of-code.ts'
import type { Weakness } from '../weakness.ts'

const FOR_DEVELOPERS =
  /\/(?:_+debug_*|debug(?:ger)?|phpinfo(?:\.php)?|create-?db|init-?db|reset-?db|drop-?db|seed-?db|db-?(?:reset|seed|init|drop)|pprof|heap-?dump|thread-?dump|printenv|actuator\/(?:env|heapdump|threaddump|beans|mappings|configprops)|kill|crash|test-?error)(?:\/[\w:*-]*)?$/i
/** Names that only tell together with what the handler does, or at the root. */
const AMBIGUOUS = /\/(?:_?env|config(?:uration)?|environment)$/i
const AT_ROOT = /^(?:\/api)?(?:\/v\d+)?\/(?:reset|seed)$/i
const TELLS_ALL =
  /(?:json|send|body\s*=|return)\W{0,4}(?:\{\s*\.\.\.\s*)?(?:process\.env|os\.environ|dict\(os\.environ|config|app\.config)\s*[),;}\n]/
const LOOKS_ITSELF =
  /NODE_ENV|production|is_?dev|\bdev(?:elopment)?\b|authoriz|token|api.?key|permission|isAdmin|current_?user|req\.user/i

const isForDevelopers = (route: Route, text: string) =>
  FOR_DEVELOPERS.test(route.path) ||
  (AMBIGUOUS.test(route.path) && TELLS_ALL.test(text)) ||
  (AT_ROOT.test(route.path) && /delete|drop|truncate|destroy|seed|insert|create_all|drop_all/i.test(text))

/** A path as imports may write it: without its ending, or `index` at its end. */
const moduleOf = (path: string) => path.replace(/\.[cm]?[jt]s$/, '').replace(/\/index$/, '')

/** Wherever this file's router is used, that stands under a condition. */
const isMountedUnderCondition = (project: Project, file: string): boolean => {
  const stem =
    file
      .replace(/(?:\/index)?\.\w+$/, '')
      .split('/')
      .at(-1) ?? ''
  let mounted = 0
  for (const other of project.files) {
    if (other === file || !/\.[cm]?[jt]s$/.test(other) || project.text(other)?.includes(stem) !== true)
      continue
    const source = project.script(other)
    if (source === null) continue
    const names = new Set(
      [...importsOf(source)].flatMap(([local, { from }]) =>
        from.startsWith('.') && moduleOf(posix.join(posix.dirname(other), from)) === moduleOf(file)
          ? [local]
          : [],
      ),
    )
    for (const call of callsOf(source)) {
      if (!(call.arguments ?? []).some((one) => ts.isIdentifier(one) && names.has(one.text))) continue
      mounted += 1
      if (!isUnderCondition(call)) return false
    }
  }
  return mounted > 0
}

const isConditional = (project: Project, { place }: Route): boolean => {
  const source = /\.[cm]?[jt]s$/.test(place.file) ? project.script(place.file) : null
  if (source === null) return false
  for (const call of callsOf(source)) {
    const first = lineOf(source, call)
    const last = source.getLineAndCharacterOfPosition(call.end).line + 1
    if (first <= place.line && place.line <= last && isUnderCondition(call)) return true
  }
  return isMountedUnderCondition(project, place.file)
}

export function* openRoutes(system: System, project: Project): Generator<Weakness> {
  for (const route of system.services.flatMap(({ routes }) => routes)) {
    if (route.guard !== 'no' || !isShipped(route.place.file)) continue
    const text = handlerText(project, route)
    if (!isForDevelopers(route, text) || LOOKS_ITSELF.test(text) || isConditional(project, route)) continue
    const place = route.handler.place ?? route.place
    const scope = `${route.method} ${route.path}`
    const line = (project.text(place.file)?.split('\n')[place.line - 1] ?? '').trim().slice(0, 160)
    yield { kind: 'route', name: scope, scope, place, also: [route.place], excerpt: line }
  }
}
