type Answer = {
  framework: 'express' | 'fastify' | 'koa'
  /** what the handler answers with: `res`, `reply`, `ctx` */
  answer: string
  /** in TypeScript */
  typed: boolean
  status: number
  /** as code */
  body: string
}

/** Types of Express want nothing returned. */
const statementsOf = ({ framework, answer, typed, status, body }: Answer): string[] => {
  if (framework === 'koa') return [`${answer}.status = ${status}`, `${answer}.body = ${body}`, 'return']
  if (framework === 'fastify') return [`return ${answer}.code(${status}).send(${body})`]
  const sent = `${answer}.status(${status}).json(${body})`
  return typed ? [sent, 'return'] : [`return ${sent}`]
}

/** Code that answers and goes no further, under a condition. */
export const answerLines = (answer: Answer, condition: string): string => {
  const lines = statementsOf(answer)
  const [only, another] = lines
  if (another === undefined) return `if (${condition}) ${only}`
  return [`if (${condition}) {`, ...lines.map((line) => `  ${line}`), '}'].join('\n')
}
