import { z } from 'zod'
import { SourcePlace } from './evidence.ts'

/** `unknown` is an honest answer; a guess is not. */
export const Tristate = z.enum(['yes', 'no', 'unknown'])
export type Tristate = z.infer<typeof Tristate>

/**
 * What a route checks before it answers, and what it says it answers, as JSON Schema 2020-12: read from validators,
 * never guessed. A part that cannot be read is left out, so a schema may ask for less than the code does.
 * Each stands by itself: what it refers to is in its own `$defs`.
 */
export const RouteSchemas = z.object({
  body: z.unknown().optional(),
  /** an object with a property for each name */
  query: z.unknown().optional(),
  params: z.unknown().optional(),
  /** names in lower case */
  headers: z.unknown().optional(),
  /** by status: `200`, `4XX`, `default` */
  responses: z.record(z.string(), z.unknown()).optional(),
})
export type RouteSchemas = z.infer<typeof RouteSchemas>

export const Route = z.object({
  /** upper case; `ANY` when the framework answers every method */
  method: z.string(),
  /** full path with the framework's own parameter syntax normalised to `:name`; `*` matches the rest */
  path: z.string(),
  /** where it is registered */
  place: SourcePlace,
  handler: z.object({ name: z.string().nullable(), place: SourcePlace.nullable() }),
  /** in the order in which they run, outermost first */
  middlewares: z.array(z.object({ name: z.string(), place: SourcePlace.nullable() })).default([]),
  guard: Tristate,
  /** where its guards look for who is calling; absent where that was not seen */
  credentials: z
    .array(
      z.object({
        in: z.enum(['bearer', 'basic', 'header', 'cookie']),
        /** of the header or the cookie; absent where it is not known */
        name: z.string().optional(),
      }),
    )
    .optional(),
  validator: Tristate,
  schemas: RouteSchemas.optional(),
  /** names read from the body, query and path in the handler, where statically visible */
  reads: z
    .object({ body: z.array(z.string()), query: z.array(z.string()), params: z.array(z.string()) })
    .optional(),
  /** the framework that registered it */
  framework: z.string(),
})
export type Route = z.infer<typeof Route>

export const Unresolved = z.object({ what: z.string(), why: z.string(), place: SourcePlace })
export type Unresolved = z.infer<typeof Unresolved>

export const EnvRead = z.object({
  name: z.string(),
  default: z.string().nullable(),
  /** the value given by `.env`, `.env.example`, compose and the like; null when none does */
  example: z.string().nullable(),
  /** the file that gives the example: `.env.example`, `docker-compose.yml` */
  exampleFrom: z.string().optional(),
  /** true when the app says itself that it does not start without it (a schema, a throwing getter) */
  required: z.boolean().optional(),
  place: SourcePlace.nullable(),
})
export type EnvRead = z.infer<typeof EnvRead>

export const StoreUse = z.object({
  /** the store family member, or `unsupported:<name>` */
  store: z.string(),
  /** the client library: pg, prisma, typeorm, psycopg2, … */
  client: z.string(),
  version: z.string().nullable(),
  place: SourcePlace.nullable(),
  /** an address written into the source, which the lab cannot redirect by environment */
  hardCoded: z.string().nullable().default(null),
})
export type StoreUse = z.infer<typeof StoreUse>

/** A command found in the repo, with where it was found. */
export const FoundCommand = z.object({
  command: z.string(),
  /** relative to the survey's root */
  dir: z.string(),
  from: z.string(),
})
export type FoundCommand = z.infer<typeof FoundCommand>

export const Migrations = z.object({
  tool: z.string(),
  dir: z.string().nullable(),
  files: z.number().int(),
  /** null: plain SQL files that the lab applies in name order */
  apply: FoundCommand.nullable(),
  /** true when the app applies them itself while it starts */
  atStart: z.boolean().optional(),
})
export type Migrations = z.infer<typeof Migrations>

export const Service = z.object({
  name: z.string(),
  /** relative to the root, `.` for the root itself */
  dir: z.string(),
  language: z.string(),
  framework: z.object({ id: z.string(), name: z.string(), version: z.string().nullable() }).nullable(),
  typescript: z.boolean().default(false),
  runtime: z.object({ name: z.string(), wanted: z.string().nullable() }),
  packages: z.object({
    manager: z.string().nullable(),
    /** what an npm registry calls the manager and its version: `pnpm@9.1.0`; absent where npm does not bring it */
    managerPackage: z.string().nullable().optional(),
    lockfile: z.string().nullable(),
    install: FoundCommand.nullable(),
    /** true when what the manifest names is there to run */
    installed: z.boolean(),
  }),
  entry: z.string().nullable(),
  build: FoundCommand.nullable(),
  /** candidates to start it, best first */
  start: z.array(FoundCommand),
  test: FoundCommand.nullable(),
  scripts: z.record(z.string(), z.string()).default({}),
  /** best first; port 0: only the variable is known */
  ports: z.array(z.object({ port: z.number().int(), env: z.string().nullable(), from: z.string() })),
  env: z.array(EnvRead),
  stores: z.array(StoreUse),
  migrations: z.array(Migrations),
  seeds: z.array(FoundCommand),
  routes: z.array(Route),
  unresolved: z.array(Unresolved),
})
export type Service = z.infer<typeof Service>

export const InfraFile = z.object({
  kind: z.enum([
    'compose',
    'dockerfile',
    'procfile',
    'kubernetes',
    'helm',
    'terraform',
    'ci',
    'env',
    'prometheus',
    'grafana',
  ]),
  file: z.string(),
  detail: z.string().default(''),
})
export type InfraFile = z.infer<typeof InfraFile>

export const Contract = z.object({
  kind: z.enum(['openapi', 'graphql', 'proto', 'asyncapi']),
  file: z.string(),
  version: z.string().nullable(),
  operations: z.number().int(),
})
export type Contract = z.infer<typeof Contract>

export const System = z.object({
  /** the folder's own name: no path of the machine enters an artifact */
  name: z.string(),
  commit: z.string().nullable(),
  dirty: z.boolean(),
  services: z.array(Service),
  infra: z.array(InfraFile),
  contracts: z.array(Contract),
  workspaces: z.array(z.string()),
  files: z.object({ read: z.number().int(), bytes: z.number().int() }),
  /** files that could not be read or parsed, and why */
  problems: z.array(z.object({ file: z.string(), problem: z.string() })),
})
export type System = z.infer<typeof System>
