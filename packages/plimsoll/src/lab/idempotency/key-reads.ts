import type { Project } from '../../instruments/source/project.ts'
import type { SourcePlace } from '../../model/evidence.ts'
import type { Route, Service } from '../../model/system.ts'
import { type Block, blockAt, blocksAround } from './blocks.ts'
import type { IdempotencyKey } from './key.ts'

/** A header of this kind named in the source of a service, with the functions it stands in. */
type Mention = { name: string; file: string; line: number; blocks: Block[] }

const HEADER = /["'`]((?:[a-z]+-)*idempotency(?:-[a-z]+)+|x-idempotency|HTTP_(?:X_)?IDEMPOTENCY_\w+)["'`]/gi
const COMMENT = /^\s*(?:\/\/|#|\*|\/\*|--)/
const SOURCE = /\.(?:[cm]?[jt]sx?|py|go|java|kt|cs|rb|php)$/
const TEST = /(?:^|\/)(?:tests?|__tests__|spec|e2e|fixtures|docs|scripts)\/|[._-](?:test|spec|e2e)\./

const spelled = (name: string) =>
  name.startsWith('HTTP_') ? name.slice('HTTP_'.length).replaceAll('_', '-') : name

const mentionsIn = (file: string, text: string): Mention[] => {
  if (!/idempotency/i.test(text)) return []
  const lines = text.split('\n')
  return lines.flatMap((line, index) => {
    if (COMMENT.test(line)) return []
    return [...line.matchAll(HEADER)].map(([, name = '']) => ({
      name: spelled(name),
      file,
      line: index + 1,
      blocks: blocksAround(lines, index + 1),
    }))
  })
}

/** Every mention in the service's own source, tests left out. */
const mentionsOf = (project: Pick<Project, 'under' | 'text'>, service: Pick<Service, 'dir'>): Mention[] =>
  project
    .under(service.dir)
    .filter((file) => SOURCE.test(file) && !TEST.test(file))
    .flatMap((file) => mentionsIn(file, project.text(file) ?? ''))

const within = ({ file, line }: { file: string; line: number }, place: SourcePlace, to: number) =>
  file === place.file && line >= place.line && line <= to

const TOO_COMMON = /^(?:headers?|options?|config|schema|app|api|router|routes|server|main|handler|body|key)$/i

const stem = (file: string) => (file.split('/').at(-1) ?? file).replace(/\.\w+$/, '')

/** Functions that read the header for others: whoever names one of them takes the key. */
const carriersOf = ({ blocks, file }: Mention, routes: readonly Pick<Route, 'place'>[]): string[] =>
  blocks.flatMap(({ name, from, to }) => {
    if (name === null || name.length < 5 || TOO_COMMON.test(name)) return []
    const holdsRoutes = routes.some(({ place }) => within(place, { file, line: from }, to))
    return holdsRoutes ? [] : [name]
  })

export type KeyReads = {
  /** the key that this route reads, as far as the source says; null where it says nothing */
  of(route: Route): IdempotencyKey | null
}

const places = ({ place, handler }: Route): SourcePlace[] =>
  handler.place === null ? [place] : [place, handler.place]

/** A step before every route that changes something may well look at some of them only. */
const isEverywhere = (place: SourcePlace, routes: readonly Route[]) => {
  const unsafe = routes.filter(({ method }) => method !== 'GET' && method !== 'HEAD')
  const passes = (route: Route) =>
    route.middlewares.some((one) => one.place?.file === place.file && one.place.line === place.line)
  return unsafe.length > 2 && unsafe.every(passes)
}

/** Which routes of a service read a key from a header, by where the name of the header stands. */
export const readKeyReads = (
  project: Pick<Project, 'under' | 'text'>,
  service: Pick<Service, 'dir' | 'routes'>,
): KeyReads => {
  const mentions = mentionsOf(project, service)
  const linesOf = (file: string) => (project.text(file) ?? '').split('\n')

  const textAt = (place: SourcePlace) => {
    const lines = linesOf(place.file)
    const { from, to } = blockAt(lines, place.line)
    return { to, text: lines.slice(from - 1, to).join('\n') }
  }
  const reads = (place: SourcePlace, mention: Mention): boolean => {
    const { to, text } = textAt(place)
    if (within(mention, place, to)) return true
    const isNear = place.file === mention.file || linesOf(place.file).join('\n').includes(stem(mention.file))
    const carriers = isNear ? carriersOf(mention, service.routes) : []
    return carriers.some((name) => new RegExp(`\\b${name}\\b`).test(text))
  }
  const middlewareReads = (route: Route, mention: Mention) =>
    route.middlewares.find(
      ({ name, place }) =>
        (place !== null && reads(place, mention)) ||
        (name !== null && carriersOf(mention, service.routes).includes(name.replace(/\(\)$/, ''))),
    )
  const keyOf = ({ name, file, line }: Mention, sure: boolean): IdempotencyKey => ({
    ...{ in: 'header', name, sure },
    from: `${file}:${line}`,
  })

  return {
    of(route) {
      for (const mention of mentions) {
        if (places(route).some((place) => reads(place, mention))) return keyOf(mention, true)
        const step = middlewareReads(route, mention)
        if (step === undefined) continue
        return keyOf(mention, step.place === null || !isEverywhere(step.place, service.routes))
      }
      const [first] = mentions
      return first === undefined ? null : keyOf(first, false)
    },
  }
}
