/**
 * What the words of a task say about who should do it: 4 leaves no doubt, 2.5 is strong, 1.5 leans, 0.75 hints.
 * A phrase uses its words up: the `service` of a service worker says nothing of a service.
 */
export type Lean = Readonly<Partial<Record<string, number>>>

const lean = (to: Lean, phrases: string): (readonly [string, Lean])[] =>
  phrases
    .split(',')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
    .map((phrase) => [phrase, to] as const)

const BACKEND = [
  ...lean(
    { backend: 4 },
    `endpoint, rest api, graphql resolver, api route, api endpoint, stored procedure, foreign key, unique constraint,
     database migration, schema migration, sql query, dead letter, message queue, job queue, background job, webhook,
     idempotency key, idempotent, race condition, lost update, transaction, isolation level, connection pool, outbox,
     orm, repository layer, service layer, microservice, grpc, double booking, double charge, overbooking, oversell,
     point in time recovery, soft delete, optimistic lock, pessimistic lock, deadlock, row lock, backend, server side,
     request body, response body, status code, http 500, 500 error, 404 error, rate limiter, rate limit, cron job`,
  ),
  ...lean(
    { backend: 3.5 },
    `scheduled job, api response, only one instance, data store, in the database, from the database, save to the database,
     on the server, twice at once, at the same time, exactly once, at most once, rollback the transaction, return 404,
     return 409, return 400, return 422, http status, accept header, query parameter, path parameter, audit log, event bus,
     server responds, in one transaction, referential integrity, cascade delete, uuid, natural key, enum type`,
  ),
  ...lean(
    { backend: 2.5 },
    `api, database, migration, sql, postgres, postgresql, mysql, mongodb, redis, kafka, rabbitmq, queue, controller,
     middleware, resolver, schema, table, column, model, entity, repository, persist, server, express, fastify, nestjs,
     koa, django, flask, fastapi, sqlalchemy, spring, hibernate, jpa, gin, gorm, prisma, typeorm, knex, sequelize,
     constraint, seed data, jwt, refresh token, access token, session store, password hash, openapi, swagger, handler,
     payload, validation, validate on the server, service, cron, worker, scheduler, retry, refund, invoice, payment, ledger, stock,
     inventory, order, booking, wallet, balance, transfer, withdraw, checkout, subscription, tenant, multi tenant,
     alembic, alembic revision, unique per, duplicates, uvicorn, gunicorn, servlet, jdbc, repository class, dto, crud, backfill, upsert, concurrency, atomic, circuit breaker`,
  ),
  ...lean(
    { backend: 1.5 },
    `route, login, logout, registration, authentication, authorization, auth, permission, upload, export, import, csv,
     pagination, paginate, token, session, request, response, persisted, record, data, reset password, password reset,
     password recovery, two factor, mfa, signup, cached response, store, storage, exclude, older than, archived, counter`,
  ),
  // What a business deals in is only the subject of a task.
  ...lean(
    { backend: 0.75 },
    `role, user, account, email, notification, search, filter, field, log, logger, event, reservation, product, cart,
     comment, article, feature toggle, feature flag, owner, visit, pet, book, register, metric, project, member`,
  ),
]

const FRONTEND = [
  ...lean(
    { frontend: 5 },
    `service worker, web worker, login page, login form, sign in page, signup form, signup page, checkout page,
     payment form, settings page, profile page, search bar, search box, admin page, product page, product card,
     user menu, date picker, color picker, file picker, drag and drop, dark mode, light mode, dark theme, loading spinner,
     loading state, empty state, error boundary, toast message, screen reader, keyboard navigation, media query,
     api client hook, react hook, custom hook, redux store, redux reducer, redux action, state management, infinite scroll,
     landing page, hero section, navigation bar, nav bar, side bar, drop down, form validation, client side, order page,
     server component, error message on the form, form field, input field, table header, data table, table row`,
  ),
  ...lean(
    { frontend: 4 },
    `component, css, scss, sass, tailwind, stylesheet, styling, button, modal, dialog, tooltip, popover, sidebar, navbar,
     dropdown, menu, icon, animation, layout, responsive, accessibility, a11y, aria, react, vue, angular, svelte, jsx,
     tsx, redux, zustand, mui, ui, ux, frontend, front end, storybook, carousel, checkbox, placeholder, hover, canvas,
     font, theme, color, colour, spacing, padding, margin, flexbox, grid, breakpoint, viewport, spinner, skeleton,
     toast, snackbar, avatar, tab, accordion, html template, toolbar, cursor, svg, i18n, translation, favicon, wireframe`,
  ),
  ...lean(
    { frontend: 4 },
    `drawer, panel, bubble, corner, focus trap, trap the focus, small phone, phone, wide screen, small screen, overlap, sign up form,
     while typing, typing, submit button, align, ellipsis, truncated, sticky, pixel, transition, popup, chip, slider,
     stepper, breadcrumb, hamburger, swipe, touch, contrast, color blind, rtl, right to left, emoji, two column, footer, header,
     sign up page, owner form, list view, full screen, print view, zoom level, scroll position, scroll bar, scrollbar, focus ring,
     tablet, desktop view, gutter, banner, background, border, rounded, shadow, opacity, loading indicator, on blur, unmount,
     useeffect, usestate, context provider, render twice, hydration, jsx, form state, local storage, autofocus, autocomplete`,
  ),
  ...lean(
    { frontend: 2.5 },
    `page, screen, form, view, widget, display, show, render, browser, dom, click, scroll, label, banner, header, footer,
     card, image, mobile, template, hook, store slice, link, title, text, badge, keyboard, shortcut, thumbnail, picker,
     html, dashboard page, wizard, client state, props, selector, highlight, zoom, undo button, gallery`,
  ),
]

const SECURITY = [
  ...lean(
    { security: 5 },
    `vulnerability, vulnerable, penetration test, pentest, threat model, threat modeling, security audit, security review,
     sql injection, command injection, code injection, xss, cross site scripting, csrf, ssrf, idor, bola, xxe,
     path traversal, directory traversal, prototype pollution, remote code execution, rce, cve, owasp, exploit,
     open redirect, clickjacking, session fixation, privilege escalation, mass assignment, brute force, credential stuffing,
     timing attack, secret scanning, leaked secret, leaked key, hard coded secret, hardcoded secret, hardcoded password,
     security header, content security policy, supply chain, zero trust, security hole, denial of service, redos, security issue, security bug,
     security vulnerability, attack surface, attacker, hijack, data breach, insecure, compromised`,
  ),
  ...lean(
    { security: 4.5 },
    `injectable, injection, plain text password, in plain text, in clear text, user enumeration, enumerate users, enumeration, escalate,
     granting himself, grant himself, granting themselves, grant themselves, dos, regex dos, unauthenticated, without authentication,
     anyone can, anybody can, somebody else, someone else, other people's, of other users, other users can, see another user, steal, forge, spoof, tamper,
     replay attack, open to the internet, lock that down, lock it down, lock down, close this hole, this hole, guess the, guessable,
     untrusted, known vulnerabilities, npm audit, pip audit, dependency audit, git history, rotate the keys, pii, privacy, impersonate,
     deserialization, sandbox escape, eavesdrop, man in the middle, signature verification, jwt secret, alg none, weak hash, malware,
     ransomware, backdoor, sensitive data, credentials leak, leaks credentials, token leak, leak which, dangerouslysetinnerhtml`,
  ),
  ...lean(
    { security: 3 },
    `security, harden, hardening, sanitize, sanitise, encryption, encrypt, tls, cors, csp, hsts, helmet, secret, bypass,
     malicious, compliance, permission check, miss permission, gdpr, hipaa, soc2, penetration, audit, exposed, exposure, leak credentials, least privilege,
     unauthorized access, broken access control, weak password, md5, algorithm confusion, escape user input, phishing`,
  ),
]

const PERFORMANCE = [
  ...lean(
    { performance: 5 },
    `load test, load testing, stress test, soak test, memory leak, n+1, slow query, query plan, flame graph, flamegraph,
     heap snapshot, cpu profile, response time, p95, p99, tail latency, throughput, bottleneck, benchmark, bundle size,
     core web vitals, lighthouse score, cache hit rate, time to first byte, event loop lag, garbage collection, hot path,
     requests per second, cold start, too slow, very slow, takes seconds, speed up, faster, rerender, re render`,
  ),
  ...lean(
    { performance: 4.5 },
    `lcp, cls, inp, ttfb, fcp, largest contentful paint, heap, heap grows, memory grows, leak, heavy, initial download, first load,
     startup takes, startup time, boot time, cost the most, gzipped, split it per route, concurrent users, under load, at peak, saturate,
     cpu bound, stutter, frame rate, frames per second, block the event loop, blocks the event loop, hot loop, full table scan,
     seq scan, explain analyze, index usage, requests a second, rps, qps, load line, how many users, how many requests, takes ages,
     takes forever, takes minutes, keeps growing, out of memory, oom, gc pause, slower than, twice as slow, quicker, spikes`,
  ),
  ...lean(
    { performance: 3.5 },
    `slow, slowly, latency, performance, profile the, profiling, optimize, optimise, optimization, memory usage, cpu usage,
     cpu, memory, scale, scaling, scalability, lag, laggy, freeze, time out under load, timeout under load, regression in speed,
     lazy load, code splitting, memoize, memoise, caching strategy, index the, missing index, capacity, fps, jank`,
  ),
  ...lean(
    { performance: 1.5 },
    'cache, caching, load, index, concurrency limit, compress, gzip, cdn, debounce',
  ),
]

const DEVOPS = [
  ...lean(
    { devops: 5 },
    `docker compose, docker file, dockerfile, docker image, kubernetes, k8s, helm, terraform, ansible, github action,
     github actions, gitlab ci, jenkins, ci/cd, ci pipeline, deployment pipeline, release pipeline, build pipeline, nginx,
     reverse proxy, load balancer, prometheus, grafana, alert rule, alerting rule, alertmanager, blue green, canary release,
     canary deployment, rolling update, rollback the deployment, infrastructure as code, autoscaling, liveness probe,
     readiness probe, health check in compose, container registry, multi stage build, service mesh, traefik, ingress,
     disaster recovery, backup job, environment variables in ci, cloudwatch, aws, gcp, azure, ecs, vpc, s3 bucket, systemd`,
  ),
  ...lean(
    { devops: 4.5 },
    `pg_dump, nightly dump, nightly backup, retention, healthcheck, health check, digest, end of life, pr build, shard, e2e job, runner, artifact,
     between builds, between the pr builds, preview deployment, secrets in ci, release tag, replicas, certificate, tls certificate, dns,
     domain name, ship the logs, log aggregation, uptime, start only once, starts only once, depends on, bind mount, named volume,
     image size, smaller image, alpine image, distroless, base image, node image, python image, entrypoint, cmd instruction, buildx,
     multi arch, arm64, dependabot, renovate, semantic release, changelog release, matrix build, nightly build, on every tag,
     on every push, on every merge, zero downtime, drain, node pool, iam, cloud run, fly.io, heroku, vercel deploy, netlify, pager, pagerduty, slo, slack alert`,
  ),
  ...lean(
    { devops: 3.5 },
    `docker, container, compose, deploy, deployment, pipeline, ci, cd, workflow file, infrastructure, provision, cluster,
     pod, monitoring, observability, alert, dashboards, runbook, registry, release, publish the image, volume, staging,
     production environment, hosting, certificate renewal, secrets manager, log shipping, on call, uptime, sidecar, yaml, image version, image tag, base image, pin all, pin the`,
  ),
  ...lean(
    { devops: 1.5 },
    'build, environment, server setup, health check, version bump, cron on the host, env file',
  ),
]

/** Words that look like one discipline and mean something of the business, or nothing of the trade. */
const OTHERWISE = [
  ...lean(
    { backend: 1.5 },
    `security deposit, social security number, security question, customer service, service fee, room service, table reservation,
     seating table, performance date, performance schedule, theatre performance, key performance indicator, load capacity of the truck,
     container number, shipping container, cargo container, pipeline stage, sales pipeline, deal pipeline, memory card, color code of the product`,
  ),
  ...lean(
    { frontend: 1.5 },
    'customer service page, terms of service, table of contents, multiplication table',
  ),
  ...lean(
    {},
    `performance review, customer service number, deal pipeline, customer service desk, load more, load the page, content security guard`,
  ),
  ...lean(
    { frontend: 3 },
    'load more button, customer service bubble, status badge, deploy badge, build badge, container component',
  ),
  ...lean({}, 'self service, at your service, in other words, by the way, as a service, in the long run'),
]

/** phrase -> lean; the longer phrase is tried first. */
export const LEANS: readonly (readonly [string, Lean])[] = [
  ...BACKEND,
  ...FRONTEND,
  ...SECURITY,
  ...PERFORMANCE,
  ...DEVOPS,
  ...OTHERWISE,
]

/** Talk that is no task of the trade, whatever else stands in it. */
export const TALK: readonly string[] = [
  'pronounce',
  'poem',
  'haiku',
  'limerick',
  'joke',
  'recipe',
  'weather',
  'birthday',
  'capital of',
  'how are you',
  'who won',
  'plot of',
  'song',
  'my boss',
  'cover letter',
  'my vacation',
  'horoscope',
  'performance review',
  'what does the name',
  'tell me about yourself',
]
