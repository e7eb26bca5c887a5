import { stringify } from 'yaml'
import { defineHandoff, type HandoffInput } from '../define.ts'
import { cell, sourceLine } from '../facts.ts'

const catalogue = (input: HandoffInput): string => {
  const rows = (input.api?.operations ?? []).flatMap(({ method, path, responses }) =>
    responses
      .filter(({ status }) => /^[45]/.test(status) || status === 'default')
      .map(({ status, content }) => {
        const types = content.map(({ mediaType }) => mediaType).join(', ') || 'no body'
        return `| ${status} | ${cell(`${method} ${path}`)} | ${types} |`
      }),
  )
  const reached = input.run?.lab.reach ?? []
  const seen = reached.filter(({ status }) => status !== null && status >= 400 && status < 500)
  return [
    '# Errors',
    '',
    sourceLine(input),
    '',
    '## Documented',
    '',
    ...(rows.length === 0
      ? ['No operation documents an error answer.']
      : ['| status | operation | body |', '| --- | --- | --- |', ...rows.sort()]),
    '',
    '## Seen in the lab with a valid request',
    '',
    ...(seen.length === 0
      ? [reached.length === 0 ? 'Nothing was asked yet.' : 'None.']
      : [
          '| status | operation |',
          '| --- | --- |',
          ...seen.map(({ route, status }) => `| ${status} | ${cell(route)} |`),
        ]),
    '',
  ].join('\n')
}

export default defineHandoff({
  id: 'openapi',
  title: 'The API as OpenAPI 3.1, and its errors',
  for: 'frontend',
  make: (input) => [
    ...(input.openapi === null
      ? []
      : [
          {
            path: 'openapi.yaml',
            text: `# ${sourceLine(input)}\n${stringify(input.openapi, { lineWidth: 0, aliasDuplicateObjects: false })}`,
          },
        ]),
    { path: 'errors.md', text: catalogue(input) },
  ],
})
