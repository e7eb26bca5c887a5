import { z } from 'zod'
import { OutboundAddress } from './outbound.ts'
import { Severity } from './priority.ts'

const Command = z.string().min(1)

/** A request the user vouches for: examples teach the lab how to speak to the API. */
export const ExampleRequest = z.strictObject({
  route: z
    .string()
    .regex(/^[A-Z]+ \//)
    .describe('"POST /orders": method and path as the survey prints them'),
  path: z.string().startsWith('/').optional().describe('concrete path, when the route has parameters'),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
})
export type ExampleRequest = z.infer<typeof ExampleRequest>

export const MOST_ROWS = 10_000_000

/** What load is sent, and onto how much data. */
export const LoadWishes = z.strictObject({
  weights: z
    .record(z.string().regex(/^[A-Z]+ \//), z.number().min(0))
    .optional()
    .describe('share of each operation by "GET /orders/:id"; one that is not named is left out'),
  accessLog: z
    .string()
    .min(1)
    .optional()
    .describe(
      'access log (common, combined or JSON lines) that the weights are counted from; relative to the backend',
    ),
  rate: z.number().positive().optional().describe('requests a second that response times are judged at'),
  rows: z
    .number()
    .int()
    .positive()
    .max(MOST_ROWS)
    .optional()
    .describe('rows that each table is filled up to before load is measured'),
  users: z.number().int().positive().max(1_000).optional().describe('accounts that requests are sent as'),
  seconds: z
    .number()
    .min(10)
    .max(600)
    .optional()
    .describe('how long the search for the load line may take, about; default 52, less is coarser'),
  soakSeconds: z.number().positive().optional().describe('how long the soak lasts; without it there is none'),
})
export type LoadWishes = z.infer<typeof LoadWishes>

const RouteName = z.string().regex(/^[A-Z]+ \//)

/** Who is who, and what is meant to be open. */
export const AccessWishes = z.strictObject({
  accounts: z
    .record(
      z.string().min(1),
      z.strictObject({
        role: z.string().optional().describe('accounts of one role have equal rights; default "user"'),
        headers: z.record(z.string(), z.string()).optional().describe('what its requests carry'),
        login: ExampleRequest.optional().describe('the request that logs it in'),
      }),
    )
    .optional()
    .describe('accounts that exist once the database is seeded, by name'),
  public: z.array(RouteName).optional().describe('operations that anybody may use on anything, by design'),
})
export type AccessWishes = z.infer<typeof AccessWishes>

/** Which document is the API's own, and what it is held against. */
export const ContractWishes = z.strictObject({
  document: z.string().min(1).optional().describe('OpenAPI document of the backend; relative to it'),
  base: z
    .string()
    .min(1)
    .optional()
    .describe(
      'what clients are written against: a file, a git ref, or "ref:file"; default: where this branch left the default one',
    ),
})
export type ContractWishes = z.infer<typeof ContractWishes>

/** A server of the Model Context Protocol that the agent may use: a program, or an address. */
export const McpServerWish = z.union([
  z.strictObject({
    command: Command,
    args: z.array(z.string()).optional(),
    env: z.record(z.string(), z.string()).optional(),
  }),
  z.strictObject({ url: z.url(), headers: z.record(z.string(), z.string()).optional() }),
])
export type McpServerWish = z.infer<typeof McpServerWish>

/** How the agent works here. Nothing of it lifts the floor. */
export const AgentWishes = z.strictObject({
  model: z
    .string()
    .min(1)
    .optional()
    .describe('provider/model: "anthropic/…", "openai/…", "google/…", or "compatible/…" with a baseUrl'),
  baseUrl: z.url().optional().describe('address of an OpenAI-compatible server: Ollama, vLLM, llama.cpp'),
  price: z
    .strictObject({
      input: z.number().min(0),
      output: z.number().min(0),
      cachedInput: z.number().min(0).optional(),
    })
    .optional()
    .describe('US dollars for a million tokens, where the table of prices does not know the model'),
  contextTokens: z.number().int().positive().optional(),
  budget: z
    .strictObject({
      dollars: z.number().positive().optional(),
      tokens: z.number().int().positive().optional(),
      turns: z.number().int().positive().optional(),
      minutes: z.number().positive().optional(),
    })
    .optional()
    .describe('a session ends when one of these is spent, children included'),
  permissions: z
    .array(
      z.strictObject({
        tool: z.string(),
        pattern: z.string().optional(),
        action: z.enum(['allow', 'ask', 'deny']),
      }),
    )
    .optional()
    .describe(
      'what the agent may do without asking, after asking, or not at all; the last that matches wins',
    ),
  network: z
    .array(z.string())
    .optional()
    .describe("hosts that the agent's commands may reach, where the system can hold them back"),
  mcp: z
    .record(z.string(), McpServerWish)
    .optional()
    .describe('servers of the Model Context Protocol by name'),
})
export type AgentWishes = z.infer<typeof AgentWishes>

/** plimsoll.config.{ts,mts,js,mjs,json} or the "plimsoll" key of package.json. Every key is optional. */
export const Config = z.strictObject({
  $schema: z.string().optional(),
  service: z.string().optional().describe('which service of a monorepo to prove: its name or folder'),
  install: Command.optional().describe('command that installs dependencies, run only with --install'),
  build: z
    .union([Command, z.literal(false)])
    .optional()
    .describe('command that builds; false to skip the build'),
  migrate: z
    .union([Command, z.literal(false)])
    .optional()
    .describe('command that migrates the database; false to skip'),
  seed: z
    .union([Command, z.literal(false)])
    .optional()
    .describe('command that seeds the database; false to skip'),
  start: Command.optional().describe('command that starts the server in the foreground'),
  port: z
    .strictObject({ env: z.string().optional(), fixed: z.number().int().optional() })
    .optional()
    .describe('how the app takes its port: an environment variable, or a fixed one'),
  env: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      'variables for build, migrations and app; {{postgres.host}}, .port, .user, .password, .database, .url are filled in',
    ),
  stores: z
    .record(z.string(), z.strictObject({ url: z.string().optional(), use: z.boolean().optional() }))
    .optional()
    .describe(
      'by store id: "url" of a disposable loopback one, or "use": false when the app runs without it',
    ),
  outbound: z
    .array(OutboundAddress)
    .optional()
    .describe(
      'what the app may reach outside the lab: "api.example.com", "*.example.com", "127.0.0.1:6379"; all else is refused',
    ),
  sandbox: z
    .boolean()
    .optional()
    .describe(
      "whether what is booted is held to the lab's own files, where the system can do so; unless told, in an agent's sessions only",
    ),
  ready: z
    .strictObject({
      path: z.string().startsWith('/').optional(),
      timeoutSeconds: z.number().positive().optional(),
    })
    .optional(),
  health: z
    .strictObject({
      ready: z.string().startsWith('/').optional(),
      live: z.string().startsWith('/').optional(),
    })
    .optional()
    .describe('readiness and liveness paths'),
  requests: z.array(ExampleRequest).optional().describe('valid requests the lab may send'),
  headers: z
    .record(z.string(), z.string())
    .optional()
    .describe('sent with every request, an API key for instance'),
  standards: z
    .record(z.string(), z.union([z.number(), z.literal(false)]))
    .optional()
    .describe('thresholds by standard id, false to leave one out; overrides are printed in the report'),
  access: AccessWishes.optional().describe('who is who, and what is meant to be open'),
  contract: ContractWishes.optional().describe('which document is the contract, and its base'),
  load: LoadWishes.optional().describe('what load is sent when load is measured'),
  agent: AgentWishes.optional().describe('how the agent works here'),
  failOn: Severity.optional().describe('lowest severity of a proved defect that fails the gate; default low'),
  budgetSeconds: z.number().positive().optional(),
})
export type Config = z.infer<typeof Config>

/** Types a configuration file: `export default defineConfig({ start: 'node server.js' })`. */
export const defineConfig = (config: Config): Config => config
