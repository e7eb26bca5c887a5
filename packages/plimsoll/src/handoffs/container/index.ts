import { stringify } from 'yaml'
import { defineHandoff, type HandoffInput } from '../define.ts'
import { healthOf, portOf, slugOf, sourceLine, variablesOf } from '../facts.ts'

type Image = { base: string; lines: readonly string[]; run: readonly string[] }

const startOf = ({ service }: HandoffInput): string => service.start[0]?.command ?? ''

/** A package manager between it and the process would keep signals from it. */
const processOf = (input: HandoffInput): string => {
  const { scripts, entry, start } = input.service
  const command = startOf(input)
  const script = /^(?:npm(?: run)?|pnpm(?: run)?|yarn(?: run)?) (\w[\w:-]*)$/.exec(command)?.[1]
  const direct = start.find(({ from }) => from.startsWith('Dockerfile'))?.command
  return (
    (script === undefined ? undefined : scripts[script]) ??
    direct ??
    (command !== '' ? command : `node ${entry ?? 'server.js'}`)
  )
}

const asExec = (command: string): string =>
  /[;&|$<>"'`(){}*]/.test(command)
    ? JSON.stringify(['sh', '-c', `exec ${command}`])
    : JSON.stringify(command.split(/\s+/))

const nodeVersion = ({ service }: HandoffInput): string =>
  /(\d{2})/.exec(service.runtime.wanted ?? '')?.[1] ?? '22'

const INSTALLS: Readonly<Record<string, { copy: string; all: string; slim: string }>> = {
  pnpm: {
    copy: 'package.json pnpm-lock.yaml ./',
    all: 'corepack enable && pnpm install --frozen-lockfile',
    slim: 'pnpm prune --prod',
  },
  yarn: {
    copy: 'package.json yarn.lock ./',
    all: 'corepack enable && yarn install --frozen-lockfile',
    slim: 'yarn install --frozen-lockfile --production',
  },
}

const npmInstall = (locked: boolean) =>
  locked
    ? { copy: 'package.json package-lock.json ./', all: 'npm ci', slim: 'npm prune --omit=dev' }
    : { copy: 'package.json ./', all: 'npm install', slim: 'npm prune --omit=dev' }

const javascript = (input: HandoffInput): Image => {
  const { packages, build } = input.service
  const { copy, all, slim } = INSTALLS[packages.manager ?? ''] ?? npmInstall(packages.lockfile !== null)
  const base = `node:${nodeVersion(input)}-slim`
  return {
    base,
    lines: [
      `FROM ${base} AS build`,
      'WORKDIR /app',
      `COPY ${copy}`,
      `RUN ${all}`,
      'COPY . .',
      ...(build === null ? [] : [`RUN ${build.command}`]),
      `RUN ${slim}`,
    ],
    run: ['ENV NODE_ENV=production'],
  }
}

const python = ({ service }: HandoffInput): Image => {
  const base = `python:${/(3\.\d+)/.exec(service.runtime.wanted ?? '')?.[1] ?? '3.12'}-slim`
  const install = service.packages.install?.command ?? 'pip install -r requirements.txt'
  const command = /-r\s+(\S+)/.exec(install)?.[0] ?? '.'
  return {
    base,
    lines: [
      `FROM ${base} AS build`,
      'WORKDIR /app',
      'COPY . .',
      `RUN pip install --no-cache-dir --prefix=/installed ${command}`,
    ],
    run: ['COPY --from=build /installed /usr/local', 'ENV PYTHONUNBUFFERED=1'],
  }
}

const IMAGES: Readonly<Record<string, (input: HandoffInput) => Image>> = { javascript, python }

const healthLine = (input: HandoffInput): string[] => {
  const { ready, live } = healthOf(input.service)
  const path = ready ?? live
  if (path === null || input.service.language !== 'javascript') return []
  const { port } = portOf(input.service)
  const ask = `fetch('http://127.0.0.1:${port}${path}').then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))`
  return [`HEALTHCHECK --interval=10s --timeout=3s --retries=3 CMD ["node", "-e", ${JSON.stringify(ask)}]`]
}

const dockerfile = (input: HandoffInput, image: Image): string => {
  const { port, env } = portOf(input.service)
  return [
    `# ${sourceLine(input)}`,
    ...image.lines,
    '',
    `FROM ${image.base}`,
    'WORKDIR /app',
    ...image.run,
    'COPY --from=build /app /app',
    ...(env === null ? [] : [`ENV ${env}=${port}`]),
    `USER ${input.service.language === 'javascript' ? 'node' : '65534:65534'}`,
    `EXPOSE ${port}`,
    ...healthLine(input),
    '# The process itself gets the signals: no package manager and no shell stands before it.',
    `CMD ${asExec(processOf(input))}`,
    '',
  ].join('\n')
}

const STORES: Readonly<
  Record<string, { image: string; environment: Record<string, string>; data: string; check: string }>
> = {
  postgres: {
    image: 'postgres:18',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: compose fills it in
    environment: { POSTGRES_PASSWORD: '${POSTGRES_PASSWORD:?set it in .env}', POSTGRES_DB: 'app' },
    data: '/var/lib/postgresql',
    check: 'pg_isready -U postgres',
  },
  redis: { image: 'redis:8', environment: {}, data: '/data', check: 'redis-cli ping' },
  mysql: {
    image: 'mysql:8.4',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: compose fills it in
    environment: { MYSQL_ROOT_PASSWORD: '${MYSQL_ROOT_PASSWORD:?set it in .env}', MYSQL_DATABASE: 'app' },
    data: '/var/lib/mysql',
    check: 'mysqladmin ping',
  },
}

const compose = (input: HandoffInput): string => {
  const { service } = input
  const { port, env } = portOf(service)
  const stores = [...new Set(service.stores.map(({ store }) => store.replace('unsupported:', '')))].filter(
    (store) => store in STORES,
  )
  const environment = Object.fromEntries([
    ...(env === null ? [] : [[env, String(port)]]),
    ...variablesOf(service).map(({ name, secret, default: fallback }) => [
      name,
      // A store's address inside the compose network is not the one of a developer's machine.
      secret || fallback === null ? `\${${name}:?set it in .env}` : `\${${name}:-${fallback}}`,
    ]),
  ])
  const document = {
    services: {
      [slugOf(service)]: {
        build: '.',
        ports: [`127.0.0.1:${port}:${port}`],
        environment,
        ...(stores.length > 0 && {
          depends_on: Object.fromEntries(stores.map((store) => [store, { condition: 'service_healthy' }])),
        }),
        stop_grace_period: '30s',
        init: true,
        read_only: true,
        tmpfs: ['/tmp'],
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      },
      ...Object.fromEntries(
        stores.flatMap((store) => {
          const known = STORES[store]
          if (known === undefined) return []
          const { image, environment: own, data, check } = known
          const healthcheck = { test: ['CMD-SHELL', check], interval: '5s', timeout: '3s', retries: 10 }
          return [[store, { image, environment: own, volumes: [`${store}:${data}`], healthcheck }]]
        }),
      ),
    },
    ...(stores.length > 0 && { volumes: Object.fromEntries(stores.map((store) => [store, {}])) }),
  }
  return `# ${sourceLine(input)}\n${stringify(document, { lineWidth: 0 })}`
}

const IGNORED = [
  '.git',
  '.env',
  '.env.*',
  '!.env.example',
  'node_modules',
  '.venv',
  '.plimsoll',
  'dist',
  'coverage',
  '',
]

export default defineHandoff({
  id: 'container',
  title: 'A Dockerfile and a compose file',
  for: 'devops',
  make: (input) => {
    const image = IMAGES[input.service.language]?.(input)
    return [
      ...(image === undefined
        ? []
        : [
            { path: 'Dockerfile', text: dockerfile(input, image) },
            { path: '.dockerignore', text: IGNORED.join('\n') },
          ]),
      { path: 'compose.yaml', text: compose(input) },
    ]
  },
})
