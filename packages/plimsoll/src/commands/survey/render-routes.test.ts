import { expect, test } from 'vitest'
import type { Route } from '../../model/system.ts'
import { renderRoutes, renderUnresolved } from './render-routes.ts'

const route = (method: string, path: string, file: string, line: number): Route => ({
  method,
  path,
  place: { file, line },
  handler: { name: null, place: null },
  middlewares: [],
  guard: method === 'GET' ? 'no' : 'yes',
  validator: 'unknown',
  framework: 'express',
})

test('one table by path where every line fits', () => {
  const routes = [route('POST', '/orders', 'src/orders.ts', 9), route('GET', '/', 'src/app.ts', 30)]
  expect(renderRoutes({ routes }, 80).join('\n')).toMatchInlineSnapshot(`
    "
        2 routes
        METHOD  PATH     GUARD  BODY  PLACE
        GET     /        no     ?     src/app.ts:30
        POST    /orders  yes    ?     src/orders.ts:9"
  `)
})

test('a block a file where it does not, and nothing is cut', () => {
  const routes = [
    route(
      'DELETE',
      '/api/admin/contexts/:context/values/:value',
      'src/features/context/context-controller.ts',
      420,
    ),
    route('GET', '/api/admin/contexts', 'src/features/context/context-controller.ts', 31),
    route('GET', '/api/admin/a/path/that/is/longer/than/its/column/:parameter', 'src/features/a.ts', 7),
  ]
  const lines = renderRoutes({ routes }, 80)
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "
        3 routes
          METHOD  PATH                                            GUARD  BODY  PLACE
        src/features/a.ts
          GET     /api/admin/a/path/that/is/longer/than/its/column/:parameter
                                                                  no     ?     :7
        src/features/context/context-controller.ts
          GET     /api/admin/contexts                             no     ?     :31
          DELETE  /api/admin/contexts/:context/values/:value      yes    ?     :420"
  `)
  expect(lines.filter((line) => line.length > 80)).toEqual([])
})

test('what could not be resolved is listed with its place', () => {
  const unresolved = [
    { what: 'mount of router', why: 'the path is read at run time', place: { file: 'a.ts', line: 3 } },
  ]
  expect(renderUnresolved({ unresolved }, 80).at(-1)).toBe(
    '    a.ts:3 mount of router: the path is read at run time',
  )
})
