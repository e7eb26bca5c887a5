import { STATUS_CODES } from 'node:http'

/** An error that the client is told of, as RFC 9457 writes it. */
export class Problem extends Error {
  constructor(statusCode, detail) {
    super(detail)
    this.statusCode = statusCode
  }
}

const send = (reply, status, detail) =>
  reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail })

export const answerError = (error, request, reply) => {
  if (error.statusCode >= 400 && error.statusCode < 500) return send(reply, error.statusCode, error.message)
  request.log.error(error)
  return send(reply, 500, 'Something went wrong on our side.')
}

export const answerUnknownRoute = (request, reply) => send(reply, 404, `There is no ${request.method} here.`)
