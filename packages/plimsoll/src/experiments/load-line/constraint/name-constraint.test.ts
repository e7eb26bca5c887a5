import { expect, test } from 'vitest'
import type { OperationSeen, Pressed } from '../seen.ts'
import { nameConstraint } from './name-constraint.ts'

type Cost = OperationSeen['cost']

const operation = (cost: Partial<Cost> = {}, share = 1, name = 'GET /orders'): OperationSeen => ({
  name,
  share,
  effect: 'reads',
  cost: {
    n: 40,
    p50Ms: 1.2,
    statements: 1,
    repeated: null,
    slowest: { shape: 'select * from orders limit ?', ms: 0.3 },
    busyMs: 0.5,
    bytes: 900,
    ...cost,
  },
})

type Gauge = Pressed['gauge']

const pressed = (
  gauge: Partial<Gauge> = {},
  sessions: Partial<NonNullable<Pressed['sessions']>> | null = {},
  open = 60,
): Pressed => ({
  ratePerSecond: 500,
  goodPerSecond: 430,
  open,
  gauge: {
    durationMs: 2_000,
    cores: 2,
    appCores: 0.4,
    appBusiestThread: 0.35,
    appMemoryMb: 90,
    appDescriptors: 40,
    storeCores: 0.2,
    ownCores: 0.2,
    foreignCores: 0,
    stolenCores: 0,
    pressure: 0.1,
    throttledMs: 0,
    unmeasured: [],
    ...gauge,
  },
  sessions:
    sessions === null
      ? null
      : {
          samples: 40,
          sessions: 10,
          active: 2,
          held: 0,
          waitingForLock: 0,
          allBusy: 0,
          statements: [{ sql: 'SELECT * FROM orders LIMIT $1', share: 0.9, lock: 0 }],
          ...sessions,
        },
})

const busyLoop: Partial<Gauge> = { appCores: 1.02, appBusiestThread: 0.98 }
const full: Partial<Gauge> = { appCores: 0.8, appBusiestThread: 0.72, storeCores: 0.7, ownCores: 0.48 }
const repeated = { times: 60, shape: 'select count(*) from lines where invoice_id = ?' }

test.each<[string, Pressed, OperationSeen[], string]>([
  [
    'a pool of one',
    pressed({}, { sessions: 1, active: 0.1, held: 0.85, allBusy: 0.95 }),
    [operation()],
    'pool: the pool of 1',
  ],
  [
    'a pool of ten with quick statements',
    pressed({}, { sessions: 10, active: 9.4, held: 0, allBusy: 0.9, statements: [] }),
    [operation()],
    'pool: the pool of 10',
  ],
  [
    'few requests open: the pool is no limit',
    pressed({}, { sessions: 1, active: 0.9 }, 1),
    [operation()],
    'unknown: a wait inside the app: neither its loop, nor processors, nor connections were used up',
  ],
  [
    'a lock outranks the pool that it fills',
    pressed(
      {},
      {
        sessions: 20,
        active: 18,
        held: 1,
        waitingForLock: 17,
        allBusy: 1,
        statements: [
          { sql: "UPDATE counters SET value = value + 1 WHERE name = 'orders'", share: 0.97, lock: 0.98 },
        ],
      },
    ),
    [operation()],
    "lock: a lock that UPDATE counters SET value = value + 1 WHERE name = 'orders' waits for",
  ],
  [
    'synchronous work on the loop',
    pressed(busyLoop),
    [operation({ busyMs: 61, p50Ms: 63 })],
    'event loop/blocking work: the event loop, which GET /orders keeps busy for 61 ms a request',
  ],
  [
    'a loop that is busy with many small requests',
    pressed(busyLoop),
    [operation()],
    'event loop: the event loop of the one process',
  ],
  [
    'large answers',
    pressed(busyLoop),
    [operation({ bytes: 482_000, busyMs: 11, p50Ms: 14 })],
    'event loop/large answers: answers of 482 kB on GET /orders',
  ],
  [
    'a statement a row',
    pressed(full),
    [operation({ statements: 61, repeated, busyMs: 6, p50Ms: 11 }), operation({}, 0.1, 'GET /health')],
    'event loop/repeated statements: 61 statements a request on GET /orders',
  ],
  [
    'one statement of the store',
    pressed(
      { appCores: 0.1, appBusiestThread: 0.1, storeCores: 1.8 },
      {
        active: 9.8,
        allBusy: 0.98,
        statements: [{ sql: 'SELECT id FROM tickets WHERE lower(email) = $1', share: 0.99, lock: 0 }],
      },
    ),
    [
      operation({
        p50Ms: 31,
        busyMs: 0.4,
        slowest: { shape: 'select id from tickets where lower(email) = ?', ms: 30 },
      }),
    ],
    'statement/slow statement: one statement of 30 ms on GET /orders',
  ],
  [
    'one statement, quick alone but most of what the store does',
    pressed({ appCores: 0.3, appBusiestThread: 0.3, storeCores: 1.3, ownCores: 0.2 }, { active: 4 }),
    [operation()],
    "statement: one statement, 90 % of the database's time: SELECT * FROM orders LIMIT $1",
  ],
  [
    'all processors, shared',
    pressed({ appCores: 0.8, appBusiestThread: 0.5, storeCores: 0.7, ownCores: 0.45 }, { statements: [] }),
    [operation()],
    'machine: the 2 processors of this machine, most of them in the app',
  ],
  [
    'a machine that others use',
    pressed({ appCores: 0.2, appBusiestThread: 0.2, foreignCores: 1.6 }),
    [operation()],
    'machine: the rest of the machine, of which others used 80 %',
  ],
  [
    'a limit of the container',
    pressed({ throttledMs: 900 }),
    [operation()],
    "machine: the container's limit of processor time, which stopped processes for 45 % of the time",
  ],
  [
    'memory, whatever else waits for it',
    pressed({ ...busyLoop, memoryPressure: 0.42, appMemoryMb: 1_480 }),
    [operation()],
    'memory: memory, for which processes waited 42 % of the time; the app holds 1,480 MB',
  ],
  [
    'the sender itself',
    pressed({ appCores: 0.4, appBusiestThread: 0.4, storeCores: 0.3, ownCores: 1.2 }, { statements: [] }),
    [operation()],
    'generator: the 2 processors of this machine, most of them in the sender',
  ],
  [
    'the processors of the database, with no statement in front',
    pressed({ appCores: 0.4, appBusiestThread: 0.3, storeCores: 1.3, ownCores: 0.2 }, { statements: [] }),
    [operation()],
    'store processors: the 2 processors of this machine, most of them in the database',
  ],
  [
    'nothing was measured',
    pressed(
      { appCores: null, appBusiestThread: null, storeCores: null, ownCores: null, throttledMs: null },
      null,
    ),
    [operation()],
    'unknown: something that this system does not let us see',
  ],
])('%s', (_, seen, operations, expected) => {
  const { resource, cause, title } = nameConstraint({ pressed: seen, operations })
  expect(`${resource}${cause === null ? '' : `/${cause}`}: ${title}`).toBe(expected)
})

test('the facts say what was seen, the cause first', () => {
  const evidence = {
    pressed: pressed(busyLoop),
    operations: [operation({ statements: 61, repeated, busyMs: 6 })],
  }
  const { facts, sql } = nameConstraint(evidence)
  expect(sql).toBe(repeated.shape)
  expect(facts).toMatchInlineSnapshot(`
    [
      "GET /orders sends 61 statements a request, 60 of which are the same but for their values",
      "of 2 processors: the app 1.02, the database 0.2, Plimsoll 0.2",
      "the busiest thread of the app was busy 98 % of the time",
      "60 requests open at once",
      "10 connections to the database: 2 in a statement, 0 waiting for the app inside a transaction, 0 waiting for a lock",
      "90 % of the statements' time: SELECT * FROM orders LIMIT $1",
    ]
  `)
})
