import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { handoffInput } from '../../../../../test/support/handoff-input.ts'
import kubernetes from './index.ts'

test('documents parse, probes lead to routes, and no value of a secret is in them', () => {
  const [{ text = '' } = {}] = kubernetes.make(handoffInput())
  const documents = parseAllDocuments(text).map((each) => each.toJS())
  expect(documents.map(({ kind }) => kind)).toEqual([
    'Deployment',
    'Service',
    'PodDisruptionBudget',
    'Secret',
  ])
  const [container] = documents[0].spec.template.spec.containers
  expect(container.readinessProbe.httpGet).toEqual({ path: '/health', port: 3000 })
  expect(container.livenessProbe.tcpSocket).toEqual({ port: 3000 })
  expect(documents[3].stringData).toEqual({ DATABASE_URL: 'REPLACE_ME', JWT_SECRET: 'REPLACE_ME' })
  expect(documents[1].spec.selector).toEqual(documents[0].spec.template.metadata.labels)
})
