import { examine } from './examine.ts'
import type { Operation } from './operations.ts'
import { shownExchange } from './send.ts'
import { anomalyOf, type Trial } from './trial.ts'

const METHODS = ['PUT', 'PATCH', 'POST'] as const
const MOST_PATHS = 8
/** One router answers them all: one finding. */
export const METHODS_SUBJECT = 'unsupported methods'

const shapeOf = (path: string) => path.replace(/:\w+/g, ':').replace(/\/$/, '')

/** Asks each path with a method that it does not have. */
export const tryMethods = async (trial: Trial): Promise<void> => {
  const taken = new Set(
    [
      ...trial.lab.service.routes,
      ...trial.api.operations,
      ...trial.operations.map(({ described }) => described),
    ].map(({ method, path }) => `${method} ${shapeOf(path)}`),
  )
  const seen = new Set<string>()
  for (const operation of trial.operations) {
    const shape = shapeOf(operation.described.path)
    const known = operation.known?.request
    const free = METHODS.find((method) => !taken.has(`${method} ${shape}`) && !taken.has(`ANY ${shape}`))
    if (seen.has(shape) || free === undefined || known === undefined || seen.size >= MOST_PATHS) continue
    seen.add(shape)
    await tryMethod(trial, operation, free)
  }
}

const tryMethod = async (trial: Trial, operation: Operation, method: string) => {
  const { path, headers } = operation.known?.request ?? { path: '/' }
  const request = { method, path, ...(headers !== undefined && { headers }), body: {} }
  const answer = await trial.sender.send(request)
  if (answer === null) return
  const input = {
    phase: 'generated',
    part: 'method',
    keyword: null,
    kind: 'invalid',
    note: `${method}, which it does not have`,
  } as const
  await examine(trial, {
    operation: { ...operation, own: false },
    answer,
    request,
    base: operation.known?.request ?? null,
    input,
  })
  const { status } = answer.exchange
  trial.notes.looked(operation.label, 'method')
  // Many routers answer 404 to a method that a path does not have: that is a matter of taste.
  if (status !== 405 || answer.exchange.headers.allow !== undefined) return
  trial.notes.add(
    anomalyOf({
      check: 'method',
      operation: METHODS_SUBJECT,
      mark: 'no Allow',
      problem: `${method} ${operation.described.path} answers 405 without Allow`,
      input,
      exchanges: [{ title: 'The request and its answer', exchange: shownExchange(answer.exchange) }],
    }),
  )
}
