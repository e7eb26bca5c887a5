import { System } from '../../../packages/plimsoll/src/model/system.ts'

const route = (method: string, path: string, line: number, guard: 'yes' | 'no' = 'yes') => ({
  method,
  path,
  place: { file: path.startsWith('/rooms') ? 'src/routes/rooms.ts' : 'src/routes/bookings.ts', line },
  handler: { name: null, place: null },
  guard,
  validator: method === 'GET' ? ('no' as const) : ('yes' as const),
  framework: 'fastify',
})

export const system = System.parse({
  name: 'booking',
  commit: '3f2c91e7ab04d2f1c7a90b3de5514c1f0a9b77e2',
  dirty: false,
  services: [
    {
      name: 'booking',
      dir: '.',
      language: 'javascript',
      framework: { id: 'fastify', name: 'Fastify', version: '5.6.1' },
      typescript: true,
      runtime: { name: 'node', wanted: '>=20' },
      packages: { manager: 'npm', lockfile: 'package-lock.json', install: null, installed: true },
      entry: 'src/server.ts',
      build: { command: 'npm run build', dir: '.', from: 'package.json scripts.build' },
      start: [{ command: 'node dist/server.js', dir: '.', from: 'package.json scripts.start' }],
      test: null,
      ports: [{ port: 3000, env: 'PORT', from: 'src/server.ts:12' }],
      env: [
        { name: 'DATABASE_URL', default: null, example: 'postgres://localhost/booking', place: null },
        { name: 'JWT_SECRET', default: null, example: 'change-me', place: null },
      ],
      stores: [{ store: 'postgres', client: 'pg', version: '8.16.3', place: { file: 'src/db.ts', line: 4 } }],
      migrations: [{ tool: 'node-pg-migrate', dir: 'migrations', files: 3, apply: null }],
      seeds: [],
      routes: [
        route('GET', '/', 8, 'no'),
        route('GET', '/health', 12, 'no'),
        route('POST', '/login', 20, 'no'),
        route('GET', '/rooms', 9, 'no'),
        route('GET', '/rooms/:id', 22, 'no'),
        route('POST', '/rooms', 31),
        route('GET', '/bookings', 14),
        route('POST', '/bookings', 29),
        route('DELETE', '/bookings/:id', 61),
      ],
      unresolved: [],
    },
  ],
  infra: [{ kind: 'compose', file: 'compose.yaml' }],
  contracts: [],
  workspaces: [],
  files: { read: 41, bytes: 182_331 },
  problems: [],
})
