import { describe, expect, it } from 'vitest'
import { serviceOf } from '../../../../../test/support/staged-app.ts'
import { healthRoutes } from '../../model/reading/health-routes.ts'
import { Route } from '../../model/system.ts'
import { findHealth } from './find-health.ts'
import { choosePorts, learnPort, planPorts } from './port-plan.ts'

const route = (path: string, method = 'GET') =>
  Route.parse({
    method,
    path,
    place: { file: 'a.js', line: 1 },
    handler: { name: null, place: null },
    guard: 'unknown',
    validator: 'unknown',
    framework: 'express',
  })

describe('healthRoutes', () => {
  it.each([
    [['/health'], { ready: '/health', live: null }],
    [['/orders', '/healthz', '/api/v1/health'], { ready: '/healthz', live: null }],
    [['/livez', '/readyz', '/health'], { ready: '/readyz', live: '/livez' }],
    [['/health/live', '/health/ready'], { ready: '/health/ready', live: '/health/live' }],
    [['/ping', '/orders/:id/status'], { ready: null, live: '/ping' }],
    [['/orders'], { ready: null, live: null }],
  ])('%j', (paths, health) =>
    expect(
      healthRoutes(
        paths.map((path) => route(path)),
        {},
      ),
    ).toEqual(health),
  )

  it('takes what is declared', () => {
    expect(healthRoutes([route('/health')], { health: { live: '/up' } })).toEqual({
      ready: '/health',
      live: '/up',
    })
  })
  it('asks the app when the source shows none, unless it answers everything', async () => {
    const none = { ready: null, live: null }
    const found = await findHealth(none, async (path) => (path === '/api/health' ? 200 : 404))
    expect(found).toEqual({ ready: '/api/health', live: null })
    expect(await findHealth(none, async () => 200)).toEqual(none)
  })
})

describe('ports', () => {
  const ports = (names: (string | null)[]) => names.map((env) => ({ port: 1, env, from: 'test' }))

  it('tells every variable, and gives separate ones ports of their own', async () => {
    const plan = planPorts(serviceOf({ ports: ports(['API_PORT', 'METRICS_PORT']) }), {})
    const { env, told } = await choosePorts(plan)
    expect([...env.keys()]).toEqual(['API_PORT', 'METRICS_PORT', 'PORT'])
    expect(env.get('PORT')).toBe(env.get('API_PORT'))
    expect(env.get('METRICS_PORT')).not.toBe(env.get('API_PORT'))
    expect(told[0]).toBe(env.get('API_PORT'))
  })
  it('learns that another variable, or none, decides', async () => {
    const plan = planPorts(serviceOf({ ports: ports(['API_PORT', 'APP_PORT']) }), {})
    const chosen = await choosePorts(plan)
    expect(learnPort(plan, chosen, chosen.env.get('APP_PORT') ?? 0).names[0]).toBe('APP_PORT')
    expect(learnPort(plan, chosen, 3000).fixed).toBe(3000)
    expect(learnPort(plan, chosen, chosen.told[0] ?? 0)).toBe(plan)
  })
})
