import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readAgain } from '../../packages/plimsoll/src/engine/fix/judge-again.ts'
import { fixers } from '../../packages/plimsoll/src/fixers/catalogue.generated.ts'
import { inspections } from '../../packages/plimsoll/src/inspections/catalogue.generated.ts'
import { openProject } from '../../packages/plimsoll/src/instruments/source/open-project.ts'
import { applyPatch } from '../../packages/plimsoll/src/instruments/worktree/apply-patch.ts'
import { stageCopy } from '../../packages/plimsoll/src/lab/copy/stage-copy.ts'
import type { Evidence } from '../../packages/plimsoll/src/model/evidence.ts'
import type { Finding } from '../../packages/plimsoll/src/model/verdict.ts'
import { dueToday } from '../support/due-today.ts'
import { executeFolder } from '../support/execute-specimen.ts'
import { inspectFolder } from '../support/inspect-code.ts'
import { findingOf } from '../support/propose-fix.ts'
import { root } from '../support/repository.ts'
import { PATIENCE_MS, untilDecided } from '../support/until-decided.ts'

type Mended = {
  fixer: string
  specimen: string
  finding: Pick<Finding, 'probe' | 'subject'> & Partial<Finding>
  /** its probe keeps the machine busy for long: it is tried every so many days */
  everyDays?: number
}

const sent = (title: string, sql: string): Evidence => ({
  ...{ kind: 'statements', title },
  statements: [
    {
      ...{ connection: 1, sql, shape: sql.toLowerCase(), parameters: [], atMs: 0, durationMs: 1, rows: 1 },
      transaction: 'I',
    },
  ],
})

/** One of each fixer: what the judge says of the broken specimen, which its patch has to make untrue. */
const MENDED: readonly Mended[] = [
  {
    fixer: 'pool-listener',
    specimen: 'express/crash-on-store-loss',
    finding: {
      probe: 'crash-on-store-loss',
      subject: 'postgres: survival',
      title: 'The process dies when the database restarts',
    },
  },
  {
    fixer: 'cookie-attributes',
    specimen: 'express/cookie-flags',
    finding: { probe: 'cookie-flags', subject: 'session: HttpOnly' },
  },
  {
    fixer: 'time-limits',
    specimen: 'koa/store-errors-pool-wait',
    finding: { probe: 'store-errors', subject: 'postgres: requests that wait for a connection' },
  },
  {
    fixer: 'finish-at-stop',
    specimen: 'express/graceful-shutdown',
    finding: { probe: 'graceful-shutdown', subject: 'SIGTERM: request in flight' },
  },
  {
    fixer: 'refused-input',
    specimen: 'express/contract-server-error',
    finding: { probe: 'contract', standard: 'api.contract', subject: 'GET /books/:id: 5xx (22P02)' },
  },
  {
    fixer: 'plain-errors',
    specimen: 'express/error-hygiene',
    finding: { probe: 'error-hygiene', subject: 'error answers: content' },
  },
  {
    fixer: 'ready-when-store-answers',
    specimen: 'express/health-truth',
    finding: {
      probe: 'health-truth',
      subject: 'GET /health: readiness',
      title: 'Health says yes while the database is down',
    },
  },
  {
    fixer: 'answer-headers',
    specimen: 'fastify/security-headers',
    finding: { probe: 'security-headers', subject: 'X-Content-Type-Options' },
  },
  {
    fixer: 'body-bound',
    specimen: 'koa/exhaustion-gzip',
    finding: { probe: 'exhaustion', subject: 'compressed request bodies' },
  },
  {
    fixer: 'conditional-update',
    specimen: 'koa/race-double-spend',
    finding: {
      probe: 'race',
      subject: 'POST /wallets/:id/withdraw × itself',
      evidence: [
        {
          kind: 'text',
          title: 'Read, then written',
          text: 'SELECT coalesce(sum(amount), 0)::int AS balance FROM ledger WHERE wallet_id = $1\nINSERT INTO ledger (wallet_id, amount) VALUES ($1, $2)',
        },
      ],
    },
  },
  {
    fixer: 'join-instead-of-loop',
    specimen: 'koa/query-count',
    finding: {
      probe: 'query-count',
      subject: 'GET /authors',
      evidence: [
        {
          kind: 'statements',
          title: 'Ran 20 times',
          statements: [
            {
              connection: 1,
              sql: 'SELECT title FROM books WHERE author_id = $1 ORDER BY id',
              shape: 'select title from books where author_id = ? order by id',
              parameters: ['1'],
              atMs: 0,
              durationMs: 1,
              rows: 3,
              transaction: 'I',
            },
          ],
        },
      ],
    },
  },
  {
    fixer: 'owner-condition',
    specimen: 'express/access-statement',
    finding: {
      probe: 'access',
      subject: 'GET /api/orders/:id',
      cwe: 639,
      detail: "B is answered 200 with A's order.product · an id that does not exist answers 404",
      evidence: [
        sent(
          'The statement, which does not ask whose it is',
          'SELECT id, product, quantity, state FROM orders WHERE id = $1',
        ),
      ],
    },
  },
  {
    fixer: 'paged-list',
    specimen: 'express/growth-unbounded-list',
    everyDays: 3,
    finding: {
      probe: 'growth',
      subject: 'GET /entries',
      title: 'GET /entries answers every row there is: 30 ms at 1,000 rows, 1.6 s at 100,000',
      evidence: [
        sent(
          'The statement that takes the time',
          'SELECT id, ship, remark, made_at FROM entries ORDER BY id DESC',
        ),
      ],
    },
  },
  {
    fixer: 'unique-index',
    specimen: 'fastify/race-vote-limit',
    finding: {
      probe: 'race',
      subject: 'POST /polls/:id/votes × itself',
      evidence: [
        {
          kind: 'text',
          title: 'Read, then written',
          text: 'SELECT id FROM votes WHERE poll_id = $1 AND voter = $2\nINSERT INTO votes (poll_id, voter) VALUES ($1, $2)',
        },
      ],
    },
  },
  {
    fixer: 'secret-from-environment',
    specimen: 'koa/default-secret',
    finding: { probe: 'default-secret', subject: 'tokens.js: TOKEN_SECRET' },
  },
  {
    fixer: 'login-limit',
    specimen: 'fastify/authentication-no-throttle',
    finding: {
      probe: 'authentication',
      standard: 'security.limits',
      subject: 'POST /login: throttle',
      evidence: [
        {
          kind: 'exchange',
          title: 'The first of 30 wrong passwords',
          exchange: {
            method: 'POST',
            path: '/login',
            requestHeaders: {},
            requestBody: '{"email":"somebody@example.com","password":"wrong"}',
            status: 401,
            headers: {},
            body: '',
            atMs: 0,
            durationMs: 1,
          },
        },
      ],
    },
  },
  {
    fixer: 'idempotency-key',
    specimen: 'express/idempotency-race',
    finding: {
      probe: 'idempotency',
      subject: 'POST /payments: the same key at once',
      detail: 'payments: 2 rows, 1 expected · 201 and 201 · header Idempotency-Key (server.js:47)',
    },
  },
]

const { signal } = new AbortController()

const judge = async (folder: string, { probe, subject }: Mended['finding']) => {
  const inspection = inspections.find(({ id }) => id === probe)
  if (inspection !== undefined) return inspectFolder(inspection, folder)
  return (await executeFolder(folder, probe, 1, [subject])).judged
}

const prove = async ({ fixer: id, specimen, finding }: Mended) => {
  const fixer = fixers.find((one) => one.id === id)
  const dir = await mkdtemp(join(tmpdir(), 'plimsoll-fixed-'))
  try {
    const from = join(root, 'specimens', specimen, 'broken')
    const copy = await stageCopy({ root: from, to: join(dir, 'copy'), install: false, signal })
    const [patch] = (await fixer?.propose(findingOf(finding), await openProject(copy.root))) ?? []
    if (patch === undefined || (await applyPatch(copy.root, patch.changes)) === null)
      throw new Error(`${id} has nothing to offer for specimens/${specimen}`)
    return readAgain(findingOf(finding), await judge(copy.root, finding))
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

test('every fixer is tried', () => {
  const tried = new Set(MENDED.map(({ fixer }) => fixer))
  expect(fixers.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([])
})

describe.concurrent('a broken specimen with the patch', () => {
  const due = MENDED.filter(({ everyDays }, place) => everyDays === undefined || dueToday(place, everyDays))
  test.for(due)('$fixer: $specimen is proven', { timeout: PATIENCE_MS }, async (mended, context) => {
    const { status, said } = await untilDecided(
      {
        name: `${mended.specimen} with ${mended.fixer}`,
        measure: () => prove(mended),
        isDecided: (again) => again.status === 'proven' || again.status === 'refuted',
        saidOf: (again) => [{ detail: again.said }],
      },
      context,
    )
    expect(status, said).toBe('proven')
  })
})
