/** What is known where a command failed. */
export type Circumstance = {
  step: string
  /** commands of the repo that could help */
  install: string | null
  build: string | null
  wantedRuntime: string | null
  /** stores the lab runs for the app: `postgres` */
  stores: readonly string[]
  /** addresses outside the lab that it refused during the step, as the configuration takes them */
  refused?: readonly string[]
}

type Diagnosis = {
  id: string
  /** searched in everything the program printed */
  pattern: RegExp
  mend(found: RegExpExecArray, circumstance: Circumstance): string
}

const inConfig = (key: string, value: string) => `Set ${key}: ${value} in plimsoll.config.json`
const variable = (name: string) => `${inConfig('"env"', `{ "${name}": "…" }`)}.`

/** Ports of well-known stores: a refused connection there names what is missing. */
const STORE_PORTS: Readonly<Record<string, string>> = {
  '5432': 'postgres',
  '3306': 'mysql',
  '6379': 'redis',
  '27017': 'mongodb',
  '9200': 'elasticsearch',
  '5672': 'rabbitmq',
  '9092': 'kafka',
  '1433': 'sql-server',
  '11211': 'memcached',
}

/** Sockets of well-known stores, by their paths. */
const storeOf = (address: string): string | undefined => {
  if (/\.s\.PGSQL\.\d+$/.test(address)) return 'postgres'
  if (/mysqld?\.sock$/.test(address)) return 'mysql'
  return STORE_PORTS[/:(\d+)$/.exec(address)?.[1] ?? '']
}

/** What the lab itself refused: which address, why, and how to let it pass. */
const heldBack = (address: string, { stores }: Circumstance) => {
  const declare = `${inConfig('"outbound"', `["${address}"]`)}`
  const store = storeOf(address)
  if (store === undefined)
    return `The lab refused ${address}, which the app asked for and which is outside the lab. If the app needs it, declare it. ${declare}.`
  const named = `The lab refused ${address}, which the app asked for: it is a ${store} that is not the lab's.`
  if (stores.includes(store))
    return `${named} The lab's own is elsewhere: let the app read the address, and set "env": { "NAME": "{{${store}.url}}" } in plimsoll.config.json.`
  return `${named} ${declare} if it holds nothing that matters; if the app runs without it, set "stores": { "${store}": { "use": false } }.`
}

const refused = (host: string, port: string, { stores }: Circumstance) => {
  const store = STORE_PORTS[port]
  if (store === undefined) {
    return `The app needs something on ${host}:${port}, which the lab does not run. Point it elsewhere, or turn it off, through "env" in plimsoll.config.json.`
  }
  if (stores.includes(store)) {
    return `The app goes to ${host}:${port} although the lab's ${store} is elsewhere: the address is written into it, or read from a variable the survey missed. Let it read one, and set "env": { "NAME": "{{${store}.url}}" } in plimsoll.config.json.`
  }
  return `The app needs ${store} (${host}:${port}), which the lab cannot start yet. ${inConfig('"stores"', `{ "${store}": { "use": false } }`)} if it runs without, or { "url": "…" } to lend it a disposable one.`
}

/** Most specific first: the first pattern that is found speaks. */
export const DIAGNOSES: readonly Diagnosis[] = [
  {
    id: 'prisma-engine',
    pattern:
      /binaries\.prisma\.sh|(?:failed to fetch|downloading).*(?:engine|prisma)|Query Engine.*(?:could not|not be) (?:locate|found)|Prisma Client could not locate/i,
    mend: () =>
      'Prisma\'s engine is not on this machine and could not be downloaded. Run the install step where binaries.prisma.sh can be reached, set PRISMA_QUERY_ENGINE_LIBRARY and PRISMA_SCHEMA_ENGINE_BINARY through "env", let the build reach it ("outbound": ["binaries.prisma.sh"]), or move to Prisma 7, which needs none.',
  },
  {
    id: 'prisma-client',
    pattern: /@prisma\/client did not initialize yet|Cannot find module '\.prisma\/client/i,
    mend: (_, { build }) =>
      `${inConfig('"build"', `"npx prisma generate${build === null ? '' : ` && ${build}`}"`)}, so that the client is generated before the start.`,
  },
  {
    id: 'peer-conflict',
    pattern: /\bERESOLVE\b/,
    mend: (_, { install }) =>
      `Its packages disagree about the versions of each other. ${inConfig('"install"', `"${install ?? 'npm ci'} --legacy-peer-deps"`)}, which takes the versions of the lockfile as they are.`,
  },
  {
    id: 'lockfile-stale',
    pattern:
      /ERR_PNPM_OUTDATED_LOCKFILE|Your lockfile needs to be updated|lockfile would have been modified|can only install packages when your package\.json and package-lock\.json .*in sync/,
    mend: (_, { install }) =>
      `The lockfile does not fit the manifest. ${inConfig('"install"', `"${install?.startsWith('npm') === true ? 'npm install' : (install?.split(' --')[0] ?? 'npm install')}"`)}, or update the lockfile.`,
  },
  {
    id: 'port-taken',
    pattern: /EADDRINUSE.*?:(\d+)|Address already in use/i,
    mend: () =>
      'Let the app read its port from the environment: "port": { "env": "NAME" } in plimsoll.config.json.',
  },
  {
    id: 'node-version',
    pattern:
      /(?:engine "node" is incompatible|Unsupported engine|requires? Node(?:\.js)?|The engine "node").*?([<>=^~]*\s?\d[\d.x]*)?/i,
    mend: (found, { wantedRuntime }) =>
      `The repo wants Node ${wantedRuntime ?? found[1] ?? 'of another version'} and this is ${process.version}. Run plimsoll with that version, or give it in the command: "start": "/path/to/node …".`,
  },
  {
    id: 'node-option',
    pattern:
      /node: bad option: (--\S+)|ReferenceError: (structuredClone|fetch|navigator|WebSocket|Iterator) is not defined/,
    mend: (found, { wantedRuntime }) =>
      `This Node (${process.version}) does not know ${found[1] ?? found[2]}. Run plimsoll with Node ${wantedRuntime ?? 'of a newer version'}.`,
  },
  {
    id: 'native-addon',
    pattern:
      /Could not locate the bindings file|NODE_MODULE_VERSION \d+|was compiled against a different Node\.js version|invalid ELF header/,
    mend: (_, { install }) =>
      `A package with native code was not built for this Node (${process.version}). Run "npm rebuild" where the dependencies are installed${install === null ? '' : `, or let the lab run "${install}" in its own copy: plimsoll prove --install`}.`,
  },
  {
    id: 'typescript-paths',
    pattern:
      /Unknown file extension "\.ts"|Cannot use import statement outside a module|SyntaxError: Unexpected token ':'/,
    mend: (_, { build }) =>
      build === null
        ? `${inConfig('"build"', '"…"')} and "start" to the built file: Node cannot run this TypeScript as it is.`
        : `${inConfig('"start"', '"node dist/…"')}: Node cannot run this TypeScript as it is, and "${build}" builds it.`,
  },
  {
    id: 'module-built',
    pattern: /Cannot find module '[^']*\/((?:dist|build|out|lib)\/[^']+)'/,
    mend: (found, { build }) =>
      `${found[1]} is made by the build${build === null ? ', and none was found' : `; "${build}" did not make it`}. ${inConfig('"build"', '"…"')}.`,
  },
  {
    id: 'module-missing',
    pattern: /Cannot find (?:module|package) '([^'./][^']*)'|ModuleNotFoundError: No module named '([^']+)'/,
    mend: (found, { install }) =>
      `"${found[1] ?? found[2]}" is not installed. ${install === null ? 'Install it' : `Run "${install}"`}, or let the lab do it in its own copy: plimsoll prove --install`,
  },
  {
    id: 'read-only',
    pattern:
      /EROFS: read-only file system, \w+ '([^']+)'|([^\s'":‘’]+)['’]?: Read-only file system|Read-only file system: '([^']+)'/,
    mend: (found) =>
      `${found[1] ?? found[2] ?? found[3]} cannot be written where the lab runs the app: give it a path below its own folder, or in the folder that TMPDIR names. With a sandbox nothing else can be written.`,
  },
  {
    id: 'file-missing',
    pattern:
      /Cannot find module '([^']+)'|ENOENT: no such file or directory, (?:open|stat|scandir) '([^']+)'/,
    mend: (found) =>
      `${found[1] ?? found[2]} does not exist in the lab's copy of the repo. Make it in the build step ("build"), or start another file ("start" in plimsoll.config.json).`,
  },
  {
    id: 'command-missing',
    pattern:
      /(?:sh: (?:\d+: )?(?:exec: )?|bash: line \d+: (?:exec: )?|env: ['‘]?|spawn )([\w./-]+)(?:['’]?: (?:command )?not found|['’]?: No such file or directory| ENOENT)/,
    mend: (found, { install }) =>
      `The program "${found[1]}" is not on this machine${install === null ? '' : `, unless "${install}" brings it (plimsoll prove --install)`}. Install it, or set that step's command in plimsoll.config.json.`,
  },
  {
    id: 'variable-named',
    pattern:
      /['"`]?\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b['"`]?:?\s+(?:env(?:ironment)? )?(?:variable )?(?:is |was |must be |has to be |should be |a |not |are )*(?:required|missing|undefined|set|defined|provided|empty|not found|configured)\b/,
    mend: (found) => variable(found[1] ?? ''),
  },
  {
    id: 'variable-announced',
    pattern:
      /(?:[Mm]issing|[Rr]equired|[Uu]ndefined|[Uu]nset|[Nn]ot set|[Ii]nvalid|[Nn]o value|not present|not found|[Kk]ey)\b[^\n]{0,60}?(?:[Ee]nv\w*|[Vv]ariables?|[Pp]roperty|[Cc]onfig\w*|[Kk]ey|in the environment)\b[^\n]{0,30}?[\s:'"`{[(]+\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b/,
    mend: (found) => variable(found[1] ?? ''),
  },
  {
    id: 'variable-asked-for',
    pattern:
      /(?:[Ee]nvironment variables?|[Cc]onfig(?:uration)? key|[Vv]ariables?)(?: not found| missing)?:?\s+['"`]?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)['"`]?/,
    mend: (found) => variable(found[1] ?? ''),
  },
  {
    id: 'variable-schema',
    pattern: /(?:must have required property |"path":\s*\[\s*)['"]([A-Za-z_]\w*)['"]|→ at ([A-Z][A-Z0-9_]+)/,
    mend: (found) => variable(found[1] ?? found[2] ?? ''),
  },
  {
    id: 'variable-python',
    pattern: /KeyError: '([A-Z][A-Z0-9_]+)'/,
    mend: (found) => variable(found[1] ?? ''),
  },
  {
    id: 'secret-missing',
    pattern:
      /secretOrPrivateKey must have a value|requires a secret or key|secret option required for sessions|missing secret/i,
    mend: () =>
      'The app has no secret to sign with. Set the variable that it reads it from: "env": { "JWT_SECRET": "…" } in plimsoll.config.json.',
  },
  {
    id: 'store-tls',
    pattern: /server does not support SSL connections|SSL is not enabled on the server/i,
    mend: () =>
      'The app asks its database for TLS, which the lab does not speak. Turn that off through "env" in plimsoll.config.json, often { "NODE_ENV": "development" } or { "DATABASE_SSL": "false" }.',
  },
  {
    id: 'relation-missing',
    pattern: /relation "([^"]+)" does not exist|no such table: (\S+)|Table '([^']+)' doesn't exist/i,
    mend: (found) =>
      `The table ${found[1] ?? found[2] ?? found[3]} does not exist: no migration made it. ${inConfig('"migrate"', '"…"')} (the command that makes the schema), or "seed" if it makes it.`,
  },
  {
    id: 'database-missing',
    pattern: /database "([^"]+)" does not exist/i,
    mend: (found) =>
      `The name ${found[1]} of the database is written into the app. Let it read one: "env": { "NAME": "{{postgres.database}}" } in plimsoll.config.json.`,
  },
  {
    id: 'store-password',
    pattern:
      /password authentication failed for user "([^"]+)"|SASL: SCRAM-SERVER-FIRST-MESSAGE|role "([^"]+)" does not exist/i,
    mend: () =>
      'The app does not take the user or password that the lab gave. Name the variables it reads: "env": { "NAME": "{{postgres.user}}", "OTHER": "{{postgres.password}}" } in plimsoll.config.json.',
  },
  {
    id: 'outbound-refused',
    pattern: /ECONNREFUSED (\S+) \(refused by Plimsoll's lab/,
    mend: (found, circumstance) => heldBack(found[1] ?? '', circumstance),
  },
  {
    id: 'store-refused',
    pattern: /ECONNREFUSED (\[?[\da-f.:]+?\]?):(\d+)(?![\d:.])/i,
    mend: (found, circumstance) => refused(found[1] ?? '', found[2] ?? '', circumstance),
  },
  {
    id: 'store-refused-prisma',
    pattern: /Can't reach database server at [`'"]?([\w.-]+?)[`'"]?:[`'"]?(\d+)/,
    mend: (found, circumstance) => refused(found[1] ?? '', found[2] ?? '', circumstance),
  },
  {
    id: 'host-unknown',
    pattern: /(?:ENOTFOUND|EAI_AGAIN) ([\w.-]+)|could not translate host name "([^"]+)"/,
    mend: (found) =>
      `The app looks for the host "${found[1] ?? found[2]}", which the lab does not have. Find the variable that names it, and set it through "env" in plimsoll.config.json; for the database to {{postgres.host}}.`,
  },
  {
    id: 'plugin-late',
    pattern: /Plugin did not start in time: '([^']+)'/,
    mend: (found) =>
      `The plugin ${found[1]} took longer than Fastify waits for one, which is 10 s: it waits for something, or the machine has too much else to do. Prove it again when the machine is quiet, or raise "pluginTimeout" in the app.`,
  },
  {
    id: 'memory',
    pattern: /JavaScript heap out of memory|Cannot allocate memory/i,
    mend: () =>
      'The step ran out of memory. Give it more: "env": { "NODE_OPTIONS": "--max-old-space-size=4096" }.',
  },
]

/** How to mend what was printed; null when nothing in it is known. */
export const diagnose = (printed: string, circumstance: Circumstance): string | null => {
  for (const { pattern, mend } of DIAGNOSES) {
    const found = pattern.exec(printed)
    if (found !== null) return mend(found, circumstance)
  }
  const [first] = circumstance.refused ?? []
  return first === undefined ? null : heldBack(first, circumstance)
}
