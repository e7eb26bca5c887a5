import type { Project } from '../../instruments/source/project.ts'
import type { Route, System } from '../../model/system.ts'
import { defineReading } from '../define-reading.ts'
import { handlerText } from '../handler-text.ts'
import { isShipped } from '../purpose-of-code.ts'
import type { Weakness } from '../weakness.ts'
import { guardedSiblings } from './siblings.ts'

/** The handler looks for itself at who asks. */
const LOOKS_ITSELF =
  /\b(?:req|request|ctx|context|c|this|g|session)\b\??\.(?:user|session|auth|userId|account|state\.user|jwt)|current_?user|authoriz|authenticat|token|signature|permission|api.?key|jwt|verify|secret|isAdmin|x-\w+-key|@(?:Public|AllowAnonymous|SkipAuth|Unprotected|NoAuth|IsPublic)/i

const excerptOf = (project: Project, { file, line }: Route['place']) =>
  (project.text(file)?.split('\n')[line - 1] ?? '').trim().slice(0, 160)

const ofRoute = (route: Route, guarded: readonly Route[], project: Project): Weakness => {
  const place = route.handler.place ?? route.place
  return {
    kind: 'unguarded',
    name: guarded
      .slice(0, 3)
      .map(({ method, path }) => `${method} ${path}`)
      .join(', '),
    scope: `${route.method} ${route.path}`,
    place: { file: place.file, line: place.line },
    also: [route.place, ...guarded.slice(0, 2).map((one) => one.place)],
    excerpt: excerptOf(project, route.place),
  }
}

function* survey(system: System, project: Project): Generator<Weakness> {
  for (const { routes } of system.services)
    for (const route of routes) {
      const guarded = isShipped(route.place.file) ? guardedSiblings(route, routes) : []
      if (guarded.length === 0 || LOOKS_ITSELF.test(handlerText(project, route))) continue
      yield ofRoute(route, guarded, project)
    }
}

/** **Contract:** only reads; the experiment `access` proves what an anonymous client gets. */
export default defineReading({
  id: 'unguarded-route',
  title: 'No route lacks the guard that its siblings have',
  standard: 'security.authentication',
  mayHold: /(?!)/,
  kinds: {
    unguarded: {
      title: (siblings) => `It has no guard, and its siblings do: ${siblings}`,
      ...{ severity: 'high', tier: 'suspicion', cwe: 862 },
      repairs: [
        'give it the guard of its siblings, or put the guard on the router or controller and open what is meant to be public',
        'where it is public by design, say so: access.public in the configuration',
      ],
      notCovered: ['whether a proxy in front, or the code behind the handler, refuses'],
    },
  },
  script: () => [],
  python: () => [],
  survey,
  clean: 'Every route that could be held against its siblings has a guard where they have one',
  notCovered: ['routes without siblings', 'guards that the survey could not resolve', 'what a guard checks'],
})
