import { posix } from 'node:path'
import { touchesData } from '../../base/sql/verb.ts'
import type { Project } from '../../instruments/source/project.ts'
import type { SourcePlace } from '../../model/evidence.ts'
import type { Route, Service } from '../../model/system.ts'
import type { Lab } from '../lab.ts'
import type { Literal } from './literal.ts'
import { charactersOf, type Wanted, wantedOf } from './match.ts'
import { importDistances, sharedFolders } from './near.ts'
import { scriptLiterals } from './script-literals.ts'
import { looksLikeSql, segmentsOf } from './sql-text.ts'
import { sqlLiterals, textLiterals } from './text-literals.ts'

const SCRIPT = /\.[cm]?[jt]sx?$/
const OTHER = /\.(?:py|rb|go|java|kt|cs|php|rs|ex|exs|scala|clj)$/
/** What is there is not what a request runs. */
const ELSEWHERE =
  /(?:^|\/)(?:tests?|__tests__|specs?|e2e|migrations?|seeds?|fixtures?)\/|[._-](?:test|spec)\.\w+$|(?:^|\/)seed\w*\.\w+$/i
const LINES = 5

type Indexed = Literal & { segments: string[] }

const literalsOf = (project: Project, file: string): Literal[] => {
  const text = project.text(file)
  if (text === null || !looksLikeSql(text)) return []
  if (SCRIPT.test(file)) {
    const source = project.script(file)
    return source === null ? [] : scriptLiterals(file, source)
  }
  return file.endsWith('.sql') ? sqlLiterals(file, text) : textLiterals(file, text)
}

const isSource = (file: string) =>
  (SCRIPT.test(file) || OTHER.test(file) || file.endsWith('.sql')) && !ELSEWHERE.test(file)

const indexOf = (project: Project, dir: string): Indexed[] =>
  project.files
    .filter((file) => (dir === '.' || file.startsWith(`${dir}/`)) && isSource(file))
    .flatMap((file) => literalsOf(project, file))
    .map((literal) => ({ ...literal, segments: segmentsOf(literal.text) }))
    .filter(({ segments }) => segments.length > 0)

const excerptAt = (project: Project, { file, line }: SourcePlace): string => {
  const from = Math.max(0, line - 2)
  const lines = (project.text(file) ?? '').split('\n').slice(from, from + LINES)
  return lines.join('\n').trimEnd()
}

type Found = { literal: Indexed; characters: number }

/** Half as good where the route's own files do not lead to it; then the nearer one. */
const better = (handler: string, distances: ReadonlyMap<string, number>) => {
  const worth = ({ literal, characters }: Found) =>
    distances.has(literal.file) || !SCRIPT.test(literal.file) ? characters : characters / 2
  const steps = ({ literal: { file } }: Found) => distances.get(file) ?? Number.MAX_SAFE_INTEGER
  return (a: Found, b: Found) =>
    worth(b) - worth(a) ||
    steps(a) - steps(b) ||
    sharedFolders(handler, b.literal.file) - sharedFolders(handler, a.literal.file) ||
    a.literal.line - b.literal.line
}

/**
 * Finds where statements are written in a service's source. Files are read at the first question, and every answer
 * is remembered. A statement that an ORM made has no text in the source: then it is the place of the route's handler.
 */
export const createOrigin = (project: Project, service: Pick<Service, 'dir'>): Lab['origin'] => {
  let literals: Indexed[] | null = null
  const distances = new Map<string, ReadonlyMap<string, number>>()
  const answers = new Map<string, ReturnType<Lab['origin']>>()
  const distancesFrom = (file: string) => {
    const known = distances.get(file) ?? importDistances(project, file)
    distances.set(file, known)
    return known
  }
  const written = (wanted: Wanted, home: string): SourcePlace | null => {
    literals ??= indexOf(project, posix.normalize(service.dir))
    const found = literals
      .map((literal): Found => ({ literal, characters: charactersOf(literal.segments, wanted) }))
      .filter(({ characters }) => characters > 0)
      .sort(better(home, distancesFrom(home)))
    const [best] = found
    return best === undefined ? null : { file: best.literal.file, line: best.literal.line }
  }
  const find = (sql: string, route: Route): ReturnType<Lab['origin']> => {
    if (!touchesData(sql)) return null
    const handler = route.handler.place ?? route.place
    const place = written(wantedOf(sql), handler.file) ?? handler
    return project.exists(place.file) ? { place, excerpt: excerptAt(project, place) } : null
  }
  return (sql, route) => {
    const key = JSON.stringify([sql, route.handler.place ?? route.place])
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = find(sql, route)
    answers.set(key, answer)
    return answer
  }
}
