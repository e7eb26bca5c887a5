import { lean, type Phrases } from './lean.ts'

const INTERFACES = `endpoint, rest api, api route, api endpoint, graphql resolver, graphql schema, graphql mutation, grpc, protobuf,
  webhook, web hook, callback url, request body, response body, response shape, status code, http status, http 500, 500 error, 404 error,
  return 200, return 201, return 204, return 400, return 401, return 403, return 404, return 409, return 410, return 412, return 422, return 429,
  respond with, responds with, answer 400, answer 404, answer 409, answer 422, answers 500, answers 400, answers 200, answers with,
  throws a 500, internal server error, bad request, query parameter, query param, path parameter, query string parameter, accept header,
  content type, content negotiation, etag, if match, if none match, conditional request, location header, retry after, openapi, open api,
  swagger, json schema, problem details, api version, versioned api, v2 of the api, api client key, api token, api key, rate limiter, rate limit,
  rate limiting, cursor pagination, keyset pagination, offset pagination, long polling endpoint, server sent events, sse endpoint,
  websocket server, socket.io server, websocket handler, multipart, content length, health endpoint, api contract, http client, outgoing request`

const DATA = `stored procedure, foreign key, primary key, unique constraint, check constraint, not null, nullable, default value of the column,
  database migration, schema migration, migration, migrations, flyway, liquibase, alembic, alembic revision, knex migration, rollback migration,
  sql query, raw query, sql, query builder, left join, inner join, subquery, upsert, on conflict, bulk insert, batch insert, transaction,
  in one transaction, same transaction, one transaction, rollback the transaction, transactional, isolation level, serializable, advisory lock,
  row lock, optimistic lock, optimistic locking, pessimistic lock, version column, deadlock, lost update, race condition, race, double booking,
  overbooking, oversell, double charge, double spend, twice at once, exactly once, at most once, at least once, idempotent, idempotency,
  idempotency key, dedupe, deduplicate, referential integrity, cascade delete, cascade, orphaned rows, orphan, soft delete, soft deletes,
  hard delete, deleted_at, created_at, updated_at, uuid, ulid, natural key, surrogate key, composite key, enum type, enum column, jsonb, many to many, one to many,
  join table, pivot table, lookup table, audit log, audit trail, event log, history table, full text search, tsvector, seed data, seed script, seeder,
  fixture data, backfill, point in time recovery, connection pool, connection leak, read replica, repository layer, service layer, data access,
  data layer, domain model, orm, data store, in the database, from the database, save to the database, per request connection, db connection,
  materialise the total, unique per, unique together, unique, case insensitive unique, multi tenant, multi tenancy, row level security`

const WORK = `message queue, job queue, background job, background worker, background queue, background task, from a queue, dead letter, outbox,
  inbox table, event bus, event sourcing, cqrs, saga, consumer, producer, publisher, subscriber, scheduled job, scheduled task, cron job, cron expression,
  scheduler, celery, celery worker, bullmq, sidekiq, exponential backoff, retry with, retry three times, circuit breaker, bulkhead, timeout on the call,
  on the server, server side, server responds, backend, back end, microservice, only one instance, once per node, at the same time, concurrently,
  double opt in, verification mail, confirmation mail, welcome mail, recovery mail, send an email, sends an email, send a mail, smtp, mailer,
  oauth code flow, oauth, openid, oidc login, refresh token, access token, session store, password hash, password hashing, bcrypt, jwt, hmac signature,
  revoke, two factor, totp, role based access, rbac, file upload endpoint, presigned url, object storage, stream the csv, streams csv, csv export, csv import,
  export as csv, graceful shutdown, sigterm, request id, correlation id, structured logging, unhandled rejection, error handler, error middleware,
  swallow, feature flag evaluation, config validation, time zone, timezone, utc, currency rounding, rounding, decimal, cents`

/** Rules of a business that hold wherever they are asked from. */
const BUSINESS = `gift card, gift cards, credit card, debit card, redeem, redemption, voucher, promo code, loyalty points, vat, sales tax, shipping cost, exchange rate, settlement, bookkeeping, waitlist, waiting list, time slot, overlapping bookings, overlapping visits, overlapping reservations,
  overlapping appointments, overlapping dates, anonymise, anonymised, anonymize, kept for, threaded replies, ranked, timestamp, last seen, references within, sortable by, broker, problem json, problem+json, accept language, restorable, restore deleted, declined, decline, page it, page them, page through, page the results,
  page the list, limit and offset, many rows, per tenant, per owner, per customer, once per, at most once, all or nothing, halfway, half of the, business rule, invariant, state machine, status transition, workflow of orders, fulfilment, fulfillment, stock level, reserve stock, out of stock check, price history, running total,
  log every change, dependency injection, field injection, constructor injection, evict, evicted, cache eviction, phone number, phone numbers, membership, renew, renews, each month, every month, hand over, handed over, change history, keep a history, rest controller, rest controllers, validated module, env validation, unit tests for the service, integration tests for the api, testcontainers, in memory repository, mapper, unit of work, domain event, value object, aggregate`

export const BACKEND: Phrases = [
  ...lean({ backend: 3 }, BUSINESS),
  ...lean({ backend: 4 }, INTERFACES),
  ...lean({ backend: 4 }, DATA),
  ...lean({ backend: 3.5 }, WORK),
  ...lean(
    { backend: 2.5 },
    `api, database, db, postgres, postgresql, mysql, mariadb, sqlite, mongodb, mongo, mongoose, redis, kafka, rabbitmq, nats, sqs, elasticsearch index,
     queue, controller, middleware, resolver, schema, schemas, entity, repository class, repository, persist, express, fastify, nestjs,
     koa, django, flask, fastapi, sqlalchemy, sqlmodel, pydantic, spring, spring boot, hibernate, jpa, gin, gorm, prisma, typeorm, knex, sequelize, drizzle,
     objection, constraint, payload, validation, validate on the server, cron, worker, retry, refund, invoice, payment, ledger, stock,
     inventory, wallet, balance, transfer, withdraw, checkout, tenant, uvicorn, gunicorn, servlet, jdbc, dto, crud, concurrency, atomic, atomically, bean, panics, exception, null pointer, serializer, deserialize, marshal, json body, json response, as json, returning json, returned as json,
     returns json, quota, paging, paginate, paginated, pagination for the endpoint, webhooks, ttl, slug, purge, expire, expires, expiry`,
  ),
  ...lean(
    { backend: 1.5 },
    `model, route, routes, login, logout, registration, authentication, authorization, auth, upload, export, import, csv, pagination, token, session, request,
     response, persisted, record, data, reset password, password reset, password recovery, mfa, signup, store, stored, storage, exclude, older than,
     archived, counter, query, validate, reject, refuse, forbid, allow, deleting, delete, cancel, subscription, order, booking, return, returns, filter them,
     operation, http, status, header of the response, computed, compute, event, emit, revision, rows, spec, unused, hash, hashed, 404, 500, 409, 422, 403, 401, 400`,
  ),
  // What a business deals in is only the subject of a task.
  ...lean(
    { backend: 0.75 },
    `role, user, account, email, mail, notification, field, log, logger, reservation, product, cart, coupon, discount,
     comment, article, feature toggle, feature flag, flag, owner, visit, pet, book, register, metric, project, member, tag, amount, price, per day, at most`,
  ),
  ...lean(
    { backend: 2 },
    'server, handler, service, lock, insert, duplicates, duplicate, backoff, 5xx, 429, retry on, json, case sensitive, case insensitive, case sensitivity, the api',
  ),
  ...lean({ backend: 1.5 }, 'column, table'),
  ...lean({ backend: 0.75 }, 'title, whitespace, trim, search, filter, url, sort by'),
  ...lean(
    { backend: 3.5 },
    'add a column, new column, column to the, in the background, service class, request handler',
  ),
  ...lean(
    { backend: 3.5 },
    `one time token, one time tokens, single use token, audit fields, jpa auditing, query method, controller test,
     max length, min length, has many, belongs to, relation, relations, table of its own, due date, overdue,
     partial update, merge patch, streamed, page size, per page, total count, group by, last write wins,
     silently wins, later one wins, lost updates, fixtures, retry safe, lookup endpoint, server action,
     server actions, scim, saml, sso, ldap, account linking, email verification, invitation, leader election, mutex,
     semaphore, on one node, on one only, on all nodes, only one node, sending mails, send mails, soft deleted,
     upstream api, third party api, response code, should be 404, should be 409, instead of 500, answer 415,
     return 415, status 404, request header, in memory, written to the db, written to the database, audit,
     business day, opening hours, api versioning, deprecate the endpoint, serialise, serialization, deserialise,
     encoding of the response, per api key, for the owner only, mock server, mock api, as csv, sorted by,
     ordered by, filterable by, api documentation, message bus, fan out, batch job, cleanup job,
     nightly job that deletes`,
  ),
  ...lean(
    { backend: 2 },
    `mails, relational, throws, timestamps, approve, approval, credits, points, report, reminder, schedule,
     scheduled, draft, drafts, optional, required, mandatory, at least, must be unique, must not be, must be,
     may not, may only, should be rejected, turned away, refused, accepted, invalid, normalise, normalize,
     lowercase, utf 8, encoding, stream, invite, invitations, join, saved, save, store it, retries, fallback,
     config, type hints, entities, query parameters, fields, param, params, records, endpoint of, answers,
     relation to, archive, attribute, attributes, property, properties, pool, idempotently, sum, sums, total,
     totals, calculate, calculated, computes, statuses, history, log who, records who, keep track`,
  ),
  ...lean(
    { backend: 3 },
    'apscheduler, dramatiq, huey, quartz, shedlock, node cron, pg boss, pino, winston, zod, joi, ajv, marshmallow, connexion, typebox, supertest, jooq, mybatis, mapstruct, iso 8601, rfc 7807, datetime, datetimes, job which, job that, task that, worker that',
  ),
]
