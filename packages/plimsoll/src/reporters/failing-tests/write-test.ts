import type { Exchange } from '../../model/evidence.ts'
import type { Expectation, Verdict } from '../../model/verdict.ts'

const MASKED = '(redacted)'
/** What the client sets by itself. */
const AUTOMATIC = /^(?:host|connection|content-length|transfer-encoding|accept-encoding)$/i

const literal = (value: unknown) => JSON.stringify(value)

const headerLines = ({ requestHeaders }: Exchange): string[] => {
  const headers = Object.entries(requestHeaders).filter(([name]) => !AUTOMATIC.test(name))
  return headers.map(([name, value]) =>
    value.includes(MASKED)
      ? `      ...(credentials[${literal(name.toLowerCase())}] && { ${literal(name)}: credentials[${literal(name.toLowerCase())}] }),`
      : `      ${literal(name)}: ${literal(value)},`,
  )
}

const assertionOf = (status: Expectation['status']): string => {
  if (typeof status === 'number') return `assert.equal(response.status, ${status}, said)`
  const range = { '2XX': 2, 'not 2XX': 2, '4XX': 4, 'not 5XX': 5 }[status]
  const sign = status.startsWith('not') ? '!==' : '==='
  return `assert.ok(Math.floor(response.status / 100) ${sign} ${range}, said)`
}

const told = (status: Expectation['status']) =>
  typeof status === 'number' ? `status ${status}` : `a status that is ${status}`

/** One test: the request that showed the defect, and what its answer should have been. */
export const writeTest = ({ id, title, subject, evidence, expects }: Verdict): string => {
  const shown = expects === undefined ? undefined : evidence[expects.evidence]
  if (expects === undefined || shown?.kind !== 'exchange') return ''
  const { exchange } = shown
  const body = exchange.requestBody === undefined ? [] : [`    body: ${literal(exchange.requestBody)},`]
  const lacks =
    expects.lacks === undefined ? [] : [`  assert.ok(!text.includes(${literal(expects.lacks)}), text)`]
  return [
    `test(${literal(`${id}: ${title} (${subject})`)}, async () => {`,
    `  const response = await fetch(base + ${literal(exchange.path)}, {`,
    `    method: ${literal(exchange.method)},`,
    "    redirect: 'manual',",
    '    signal: AbortSignal.timeout(15_000),',
    '    headers: {',
    ...headerLines(exchange),
    '    },',
    ...body,
    '  })',
    '  const text = await response.text()',
    `  const said = \`answered \${response.status}, expected ${told(expects.status)}: \${text.slice(0, 500)}\``,
    `  ${assertionOf(expects.status)}`,
    ...lacks,
    '})',
    '',
  ].join('\n')
}
