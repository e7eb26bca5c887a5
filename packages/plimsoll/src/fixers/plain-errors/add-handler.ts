import { importsOf } from '../../instruments/source/script-nodes.ts'
import type { FoundServer } from '../find-servers.ts'
import { lastUse } from '../last-use.ts'
import type { Edits } from '../patch-of.ts'

const expressOf = ({ source }: FoundServer) =>
  [...importsOf(source)].find(([, { from }]) => from === 'express')?.[0] ?? 'express'

const forExpress = (server: FoundServer, typed: boolean) => {
  const name = expressOf(server)
  const parameters = typed
    ? `error: Error & { status?: number }, _req: ${name}.Request, res: ${name}.Response, next: ${name}.NextFunction`
    : 'error, _req, res, next'
  return [
    `${server.app}.use((${parameters}) => {`,
    '  if (res.headersSent) return next(error)',
    '  const status = error.status ?? 500',
    '  if (status >= 500) console.error(error)',
    "  res.status(status).json({ error: status < 500 ? error.message : 'internal error' })",
    '})',
  ].join('\n')
}

const forFastify = ({ app }: FoundServer) =>
  [
    `${app}.setErrorHandler((error, request, reply) => {`,
    '  const status = error.statusCode ?? 500',
    '  if (status >= 500) request.log.error(error)',
    "  return reply.code(status).send({ error: status < 500 ? error.message : 'internal error' })",
    '})',
  ].join('\n')

/** An error handler for an app that has none; Koa and NestJS tell nothing by themselves. */
export const addHandler = (edits: Edits, server: FoundServer): void => {
  const edit = edits.of(server.file)
  if (edit === null) return
  if (server.framework === 'fastify') edit.after(server.made, forFastify(server), { gap: true })
  if (server.framework === 'express')
    edit.after(lastUse(server), forExpress(server, edit.style.typescript), { gap: true })
}
