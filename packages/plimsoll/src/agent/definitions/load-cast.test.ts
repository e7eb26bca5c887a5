import { expect, test } from 'vitest'
import { standards } from '../../standards/catalogue.generated.ts'
import { thresholdsOf } from './facts/thresholds-of.ts'
import { CAST, loadCast } from './load-cast.ts'

const cast = loadCast()
const backend = cast.find(({ name }) => name === 'backend')

test('all of the cast loads, by the names of its files', () => {
  expect(cast.map(({ name, dialect, file }) => [name, dialect, file])).toEqual(
    CAST.map((name) => [name, 'built-in', null]),
  )
  expect(cast.filter(({ description }) => description.length < 40)).toEqual([])
})

/** Every figure of the brief that the product was made from. */
const FIGURES = [
  ['>=', 99.9, '%', null],
  ['<=', 8.7, 'hours/year', null],
  ['>=', 99.99, '%', null],
  ['<', 2, 'hours/month', null],
  ['<', 5, 'minutes', 'reliability.recovery'],
  ['<', 200, 'ms', 'performance.api'],
  ['<', 100, 'ms', 'performance.query'],
  ['<', 0.1, '%', 'reliability.error-rate'],
  ['>=', 1000, '/s', 'performance.throughput'],
] as const

test.each(FIGURES)('the backend agent states %s %d %s', (comparison, value, unit, standard) => {
  expect(backend?.facts.thresholds).toContainEqual(
    expect.objectContaining({ comparison, value, unit, standard }),
  )
})

test('its figures are those of our standards', () => {
  expect(thresholdsOf(backend?.facts ?? { thresholds: [] }, standards)).toEqual({ values: {}, limits: {} })
})

test('its order, servers, triggers and partners are those of the brief', () => {
  const facts = backend?.facts
  expect(facts?.priorities).toEqual(['reliability', 'security', 'performance', 'features', 'convenience'])
  expect(facts?.mcp.map(({ server, rank, workflow }) => [rank, server, workflow.length])).toEqual([
    ['primary', 'Context7', 3],
    ['secondary', 'Sequential Thinking', 3],
    ['avoided', 'Magic', 0],
  ])
  expect(facts?.triggers).toEqual({
    extensions: ['.js', '.ts', '.py', '.java', '.go', '.cs'],
    directories: [
      ...[
        'api',
        'server',
        'backend',
        'services',
        'controllers',
        'models',
        'middleware',
        'routes',
        'handlers',
      ],
    ],
    keywords: [
      ...['api', 'database', 'service', 'reliability', 'server', 'backend', 'microservice'],
      ...['authentication', 'authorization', 'security'],
    ],
  })
  expect(facts?.collaboration.map(({ with: partner, items }) => [partner, items.length])).toEqual([
    ...[
      ['frontend', 4] as const,
      ['security', 4] as const,
      ['performance', 4] as const,
      ['devops', 4] as const,
    ],
  ])
})

test.each([
  ...[
    'ACID',
    'PITR',
    'GDPR',
    'HIPAA',
    'SOC 2',
    'RBAC',
    'PostgreSQL',
    'Neo4j',
    'TimescaleDB',
    'NestJS',
    'FastAPI',
  ],
  ...[
    'Spring Boot',
    'Echo',
    'Entity Framework',
    'GraphQL',
    'gRPC',
    'Socket.IO',
    'Kubernetes',
    'Grafana',
    'SOLID',
  ],
  ...['`prove`', 'Never state that something works', 'Touch no data store but those of the lab'],
])('the backend agent speaks of %s', (word) => {
  expect(backend?.instructions).toContain(word)
})
