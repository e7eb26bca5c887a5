import { expect, test } from 'vitest'
import { frameworks } from '../frameworks/catalogue.generated.ts'
import { writeFixture } from '../instruments/source/write-fixture.ts'
import { languages } from '../languages/catalogue.generated.ts'
import type { System } from '../model/system.ts'
import { stores } from '../stores/catalogue.generated.ts'
import { withoutPrivateValues } from './private-values.ts'
import { secretValues } from './secret-values.ts'
import { surveyFolder } from './survey-folder.ts'

const surveyOf = async (files: Readonly<Record<string, string | object>>): Promise<System> => {
  const fixture = writeFixture(files)
  try {
    return (await surveyFolder(fixture.dir, { languages, frameworks, stores })).system
  } finally {
    fixture.remove()
  }
}

const api = (name: string) => ({
  name,
  dependencies: { express: '^4.18.0', pg: '^8.0.0' },
  scripts: { start: 'node server.js' },
})

const server = `
  const express = require('express')
  const { Pool } = require('pg')
  const pool = new Pool({ connectionString: process.env.DATABASE_URL })
  const app = express()
  app.get('/orders', async (request, response) => response.json((await pool.query('select 1')).rows))
  app.listen(process.env.PORT || 3000)
`

test('one package is one service, with values from the files around it', async () => {
  const { services, infra } = await surveyOf({
    'package.json': api('orders'),
    'server.js': server,
    '.env.example':
      'DATABASE_URL=postgres://app:secret@localhost:5432/orders # local\nexport PORT="4000"\nUNREAD=1\n',
    Procfile: 'release: node migrate.js\nweb: node --enable-source-maps server.js\n',
    Dockerfile:
      'ARG V=20\nFROM node:$V AS build\nRUN npm ci\nFROM build\nENV NODE_ENV=production \\\n    MODE=a\nEXPOSE 4000\nUSER node\nENTRYPOINT ["dumb-init", "--"]\nCMD ["node", "server.js"]\n',
  })
  const [service] = services
  expect(services.length).toBe(1)
  expect(service?.framework).toMatchObject({ id: 'express' })
  expect(service?.start.map((one) => one.command)).toEqual([
    'node --enable-source-maps server.js',
    'npm start',
    'node server.js',
  ])
  expect(service?.ports[0]).toMatchObject({ port: 4000, env: 'PORT' })
  expect(service?.stores).toMatchObject([{ store: 'postgres', client: 'pg', hardCoded: null }])
  expect(service?.env.map(({ name, example, exampleFrom }) => [name, example, exampleFrom])).toEqual([
    ['DATABASE_URL', 'postgres://app:secret@localhost:5432/orders', '.env.example'],
    ['PORT', '4000', '.env.example'],
    ['UNREAD', '1', '.env.example'],
  ])
  expect(infra).toEqual([
    {
      kind: 'procfile',
      file: 'Procfile',
      detail: 'release: node migrate.js · web: node --enable-source-maps server.js',
    },
    { kind: 'dockerfile', file: 'Dockerfile', detail: 'node:20 · node server.js · port 4000 · user node' },
    { kind: 'env', file: '.env.example', detail: '3 variables' },
  ])
})

test('in a monorepo a service is what listens; libraries lend it their stores, migrations and variables', async () => {
  const { services, workspaces } = await surveyOf({
    'package.json': {
      name: 'root',
      private: true,
      workspaces: ['apps/*', 'packages/*'],
      scripts: { start: 'turbo run start' },
    },
    'apps/orders/package.json': { ...api('orders'), dependencies: { express: '4', '@acme/db': '*' } },
    'apps/orders/server.js': `const app = require('express')()\nrequire('@acme/db')\napp.listen(3001)`,
    'apps/billing/package.json': api('billing'),
    'apps/billing/server.js': server,
    'apps/web/package.json': { name: 'web', dependencies: { react: '19' }, scripts: { start: 'vite' } },
    'apps/web/index.js': 'history.listen(() => {})',
    'packages/db/package.json': { name: '@acme/db', main: 'index.js', dependencies: { knex: '3', pg: '8' } },
    'packages/db/index.js': `module.exports = require('knex')({ client: 'pg', connection: process.env.ORDERS_DB })`,
    'packages/db/knexfile.js': `module.exports = { client: 'pg' }`,
    'packages/db/migrations/1.js': '',
    'docker-compose.yml':
      // biome-ignore lint/suspicious/noTemplateCurlyInString: compose's own syntax
      'services:\n  db:\n    image: postgres:17\n    environment: { POSTGRES_DB: x }\n  billing:\n    build: ./apps/billing\n    environment:\n      - DATABASE_URL=postgres://db/${NAME:-billing}\n    ports: ["8080:3000"]\n  prebuilt:\n    image: acme/orders\n    environment:\n      ORDERS_DB: postgres://db/orders\n',
  })
  expect(workspaces).toEqual(['.', 'apps/billing', 'apps/orders', 'apps/web', 'packages/db'])
  expect(services.map((service) => service.name)).toEqual(['billing', 'orders'])
  const [billing, orders] = services
  expect(billing?.env.find((one) => one.name === 'DATABASE_URL')?.example).toBe('postgres://db/billing')
  expect(orders?.stores).toMatchObject([{ store: 'postgres', client: 'knex' }])
  expect(orders?.migrations).toMatchObject([
    { tool: 'knex', dir: 'packages/db/migrations', apply: { dir: 'packages/db' } },
  ])
  expect(orders?.env.map(({ name }) => name)).toEqual(['ORDERS_DB'])
})

test('services that share a name are told apart by their folders; one without a framework appears by its Dockerfile', async () => {
  const { services } = await surveyOf({
    'a/package.json': api('app'),
    'a/server.js': server,
    'b/package.json': api('app'),
    'b/server.js': server,
    'c/package.json': { name: 'plain' },
    'c/index.js': `require('http').createServer(() => {}).listen(process.env.PORT ?? 8000)`,
    'c/Dockerfile': 'FROM node:22\nEXPOSE 8000\nCMD node index.js\n',
    'd/package.json': { name: 'library', dependencies: { express: '4' } },
    'd/index.js': 'module.exports = require("express").Router()',
  })
  expect(services.map(({ name, framework }) => [name, framework?.id ?? null])).toEqual([
    ['a', 'express'],
    ['b', 'express'],
    ['plain', null],
  ])
  expect(services[2]?.start.map((one) => [one.command, one.dir])).toEqual([['node index.js', 'c']])
})

test('a store without an adapter is named as its makers write it', async () => {
  const { services } = await surveyOf({
    'package.json': { name: 'app', dependencies: { mongoose: '8', ioredis: '5', kafkajs: '2' } },
    'index.js': `import mongoose from 'mongoose'\nmongoose.connect('mongodb://localhost/app')`,
  })
  expect(services[0]?.stores.map(({ store, client, hardCoded }) => [store, client, hardCoded])).toEqual([
    ['unsupported:MongoDB', 'mongoose', 'mongodb://localhost/app'],
    ['unsupported:Redis', 'ioredis', null],
    ['unsupported:Kafka', 'kafkajs', null],
  ])
})

test('contracts and deployment files are known by what is in them', async () => {
  const { contracts, infra } = await surveyOf({
    'docs/whatever.yaml': 'openapi: 3.1.0\npaths:\n  /a:\n    get: {}\n    post: {}\n    parameters: []\n',
    'old.json': '{"info":{},"swagger":"2.0","paths":{"/b":{"delete":{}}}}',
    'schema.graphql':
      '"""Docs: with colon"""\ntype Query {\n  user(id: ID!, deep: In = {a: 1}): User # x: y\n  all: [User!]!\n}\ntype User { id: ID! }\nextend type Mutation { add(name: String): User }\n',
    'queries.graphql': 'query A { user(id: 1) { id } }',
    'api.proto':
      'syntax = "proto3";\nservice A {\n  rpc One (X) returns (Y);\n  // rpc Two (X) returns (Y);\n}\n',
    'events.yml': 'asyncapi: 3.0.0\noperations:\n  sent: {}\n  received: {}\n',
    'not-a-contract.json': '{ "text": "openapi: 3.0.0" }',
    'k8s/app.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nspec: {}\n---\napiVersion: v1\nkind: Service\nspec: {}\n',
    'chart/Chart.yaml': 'name: c\n',
    'chart/templates/a.yaml': 'apiVersion: {{ v }}\nkind: X\n',
    'main.tf': '',
    '.github/workflows/ci.yml': 'on: push\n',
    'alerts/rules.yml': 'groups:\n  - name: a\n    rules:\n      - alert: Down\n',
  })
  expect(contracts.map(({ kind, version, operations, file }) => [kind, version, operations, file])).toEqual([
    ['proto', 'proto3', 1, 'api.proto'],
    ['openapi', '3.1.0', 2, 'docs/whatever.yaml'],
    ['asyncapi', '3.0.0', 2, 'events.yml'],
    ['openapi', '2.0', 1, 'old.json'],
    ['graphql', null, 3, 'schema.graphql'],
  ])
  expect(infra.map(({ kind, file, detail }) => [kind, file, detail].join(' '))).toEqual([
    'helm chart/Chart.yaml ',
    'kubernetes k8s/app.yaml Deployment, Service',
    'ci .github/workflows/ci.yml GitHub Actions',
    'prometheus alerts/rules.yml rules',
    'terraform main.tf ',
  ])
})

test('values of a private env file are named, never told', async () => {
  const system = await surveyOf({
    'package.json': { name: 'app' },
    'index.js': 'process.env.TOKEN; process.env.LEVEL',
    '.gitignore': '.env\n',
    '.env': 'TOKEN=very-secret\n',
    '.env.example': 'LEVEL=info\n',
  })
  const shown = withoutPrivateValues(system)
  expect(system.services[0]?.env.find((one) => one.name === 'TOKEN')?.example).toBe('very-secret')
  expect(JSON.stringify(shown)).not.toContain('very-secret')
  expect(shown.services[0]?.env.map((one) => one.example)).toEqual(['info', '(set in .env)'])
})

test('what a private env file holds is known, to be kept out of artifacts', async () => {
  const system = await surveyOf({
    'package.json': { name: 'app' },
    'index.js': 'const { TOKEN, LEVEL, MAIL, DATABASE_URL, PUBLIC } = process.env',
    '.env': 'TOKEN=very-secret\nLEVEL=verbose\nMAIL=a1b2c3d4e5f6g7\nDATABASE_URL=postgres://u:hidden1@h/d\n',
    '.env.example': 'PUBLIC=a1b2c3d4e5f6g7h8\n',
  })
  expect(secretValues(system, (name) => name === 'TOKEN')).toEqual([
    'a1b2c3d4e5f6g7',
    'very-secret',
    'hidden1',
  ])
})

test('what cannot be read is among the problems, and an empty folder has no service', async () => {
  const broken = await surveyOf({ 'package.json': { name: 'app' }, 'docker-compose.yml': 'services:\n\t- x' })
  expect(broken.problems.map((one) => one.file)).toEqual(['docker-compose.yml'])
  expect(await surveyOf({ 'readme.md': '' })).toMatchObject({ services: [], commit: null, dirty: false })
})
