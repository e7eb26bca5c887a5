import { posix } from 'node:path'
import { z } from 'zod'
import type { Project } from '../../instruments/source/project.ts'
import type { InfraFile } from '../../model/system.ts'
import { parseEnvFile } from './env-file.ts'
import { type Hint, makeHint } from './hint.ts'

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
const ComposeService = z.object({
  image: z.string().optional().catch(undefined),
  build: z
    .union([z.string(), z.object({ context: z.string().optional(), dockerfile: z.string().optional() })])
    .optional()
    .catch(undefined),
  environment: z
    .union([z.array(z.string()), z.record(z.string(), Scalar)])
    .optional()
    .catch(undefined),
  env_file: z.unknown().optional(),
  command: z
    .union([z.string(), z.array(Scalar)])
    .optional()
    .catch(undefined),
  ports: z.array(z.unknown()).optional().catch(undefined),
})
type ComposeService = z.infer<typeof ComposeService>
const Compose = z.object({ services: z.record(z.string(), ComposeService.nullable()) })

const NAME = /(^|\/)(docker-)?compose([.-][\w.-]+)?\.ya?ml$/

/** `${A:-b}`, `${A-b}`, `${A}`, `$A`, with the variables of the `.env` beside the file. */
const interpolate = (text: string, known: ReadonlyMap<string, string>): string =>
  text.replace(
    /\$\{(\w+)(?::?[-?]([^}]*))?\}|\$(\w+)/g,
    (_, braced: string, fallback: string, plain: string) => {
      return known.get(braced ?? plain) ?? fallback ?? ''
    },
  )

const environmentOf = (service: ComposeService, known: ReadonlyMap<string, string>): Hint['env'] => {
  const { environment } = service
  if (environment === undefined) return []
  const pairs: (readonly [string, string | null])[] = Array.isArray(environment)
    ? environment.map((line) => {
        const at = line.indexOf('=')
        return at < 0 ? [line, null] : [line.slice(0, at), line.slice(at + 1)]
      })
    : Object.entries(environment).map(([name, value]) => [name, value === null ? null : String(value)])
  return pairs.flatMap(([name, value]) =>
    value === null ? [] : [{ name, value: interpolate(value, known) }],
  )
}

/** The container's side of `"8080:3000"`, `"127.0.0.1:8080:3000/tcp"`, `{ target: 3000 }`. */
const containerPort = (entry: unknown, known: ReadonlyMap<string, string>): number | null => {
  if (typeof entry === 'object' && entry !== null && 'target' in entry) return Number(entry.target) || null
  const last = interpolate(String(entry), known).split(':').at(-1)?.split('/')[0]
  return Number(last) || null
}

const contextOf = (service: ComposeService, dir: string): string | null => {
  const { build } = service
  if (build === undefined) return null
  const context = typeof build === 'string' ? build : (build.context ?? '.')
  return posix.normalize(posix.join(dir, context)).replace(/\/$/, '') || '.'
}

/** Built by a Dockerfile of another purpose: a mail catcher, a test runner. */
const isMain = ({ build }: ComposeService) =>
  typeof build !== 'object' ||
  build.dockerfile === undefined ||
  /(^|\/)(Dockerfile|Containerfile)(\.(prod|production))?$|^prod\.Dockerfile$/.test(build.dockerfile)

const hintOf = (
  file: string,
  name: string,
  service: ComposeService,
  known: ReadonlyMap<string, string>,
): Hint => {
  const dir = isMain(service) ? contextOf(service, posix.dirname(file)) : null
  const command = Array.isArray(service.command) ? service.command.map(String).join(' ') : service.command
  return makeHint({
    kind: 'compose',
    file,
    dir,
    name,
    env: environmentOf(service, known),
    start: command === undefined || dir === null ? [] : [{ command, dir, from: `${file} ${name}` }],
    ports: (service.ports ?? []).flatMap((entry) => {
      const port = containerPort(entry, known)
      return port === null || dir === null ? [] : [{ port, env: null, from: `${file} ${name}` }]
    }),
  })
}

/** The file that `docker compose up` takes comes first, those of tests and other folders last. */
const byImportance = (a: string, b: string) => importance(a) - importance(b) || (a < b ? -1 : 1)

const importance = (file: string) =>
  file.split('/').length * 4 +
  (/(^|\/)(docker-)?compose\.ya?ml$/.test(file) ? 0 : 1) +
  (/test|ci|e2e|\.github/.test(file) ? 2 : 0)

export const readCompose = (project: Project): { files: InfraFile[]; hints: Hint[] } => {
  const files: InfraFile[] = []
  const hints: Hint[] = []
  for (const file of project.files.filter((one) => NAME.test(one)).sort(byImportance)) {
    const parsed = Compose.safeParse(project.yaml(file)?.[0])
    if (!parsed.success) continue
    const beside = project.peek(posix.join(posix.dirname(file), '.env')) ?? ''
    const known = new Map(parseEnvFile(beside).map((one) => [one.name, one.value]))
    const services = Object.entries(parsed.data.services).flatMap(([name, service]) =>
      service === null ? [] : [{ name, service }],
    )
    hints.push(...services.map(({ name, service }) => hintOf(file, name, service, known)))
    const told = services.map(({ name, service }) =>
      service.image === undefined ? name : `${name} (${service.image})`,
    )
    files.push({ kind: 'compose', file, detail: told.join(', ') })
  }
  return { files, hints }
}
