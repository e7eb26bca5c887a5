import type { ModuleFacts } from '../../define.ts'
import type { Code } from '../code/code.ts'
import { argument, lineOf } from '../code/syntax.ts'

const CALLS = ['run', 'serve', 'run_simple', 'WSGIServer', 'serve_forever']

/** Ports given to `app.run(port=…)` and its like: a number, a variable, or a variable with a default. */
export const readPorts = (code: Code): ModuleFacts['ports'] =>
  CALLS.flatMap((name) =>
    code.callsOf(name).flatMap(({ node, scope }) => {
      const written = argument(node, 'port', name === 'run_simple' ? 1 : null)
      if (written === null) return []
      const from = `${scope.file}:${lineOf(node)}`
      for (const value of code.evaluate.all(written, scope)) {
        if (value.kind === 'number') return [{ port: value.number, env: value.from ?? null, from }]
        if (value.kind === 'text' && /^\d+$/.test(value.text))
          return [{ port: Number(value.text), env: value.from ?? null, from }]
        if (value.kind === 'unknown' && value.from !== undefined) return [{ port: 0, env: value.from, from }]
      }
      return []
    }),
  )
