import { LabRecord } from '../../../packages/plimsoll/src/model/run.ts'

const reach = (route: string, status: number | null, statements: number, how: string) => ({
  route,
  status,
  statements,
  how,
})

export const lab = LabRecord.parse({
  command: 'node dist/server.js',
  readyMs: 1_240,
  stores: [{ id: 'postgres', version: '18.4', how: 'PostgreSQL 18.4, embedded' }],
  env: {
    PORT: '41873',
    DATABASE_URL: 'postgres://plimsoll:(disposable)@127.0.0.1:40211/booking',
    JWT_SECRET: '(disposable)',
    NODE_ENV: 'production',
  },
  steps: [
    { step: 'build', command: 'npm run build', durationMs: 4_210, outcome: 'ok' },
    { step: 'store', command: 'postgres (embedded)', durationMs: 1_130, outcome: 'ok' },
    { step: 'migrate', command: 'npx node-pg-migrate up', durationMs: 820, outcome: 'ok, 3 migrations' },
    { step: 'start', command: 'node dist/server.js', durationMs: 1_240, outcome: 'ready on :41873' },
  ],
  limits: ['The mailer is reached at a fixed address, so what it does when mail is slow stays unproven.'],
  reach: [
    reach('GET /', 200, 1, 'inferred'),
    reach('GET /health', 200, 0, 'inferred'),
    reach('POST /login', 200, 1, 'declared'),
    reach('GET /rooms', 200, 51, 'inferred'),
    reach('GET /rooms/:id', 200, 2, 'learned'),
    reach('POST /rooms', 403, 1, 'inferred'),
    reach('GET /bookings', 200, 2, 'learned'),
    reach('POST /bookings', 201, 4, 'declared'),
    reach('DELETE /bookings/:id', 404, 1, 'learned'),
  ],
})

/** The lab of a target that asked for a variable nobody gave. */
export const failedLab = LabRecord.parse({
  ...lab,
  readyMs: null,
  env: { PORT: '41873', NODE_ENV: 'production' },
  steps: [
    ...lab.steps.slice(0, 3),
    { step: 'start', command: 'node dist/server.js', durationMs: 640, outcome: 'exited with 1' },
  ],
  limits: [],
  reach: [],
})
