import type { Style } from '../../instruments/source/edit/style.ts'

export type Paged = 'express' | 'fastify' | 'koa'

/** How many rows a page has where nobody says, and at the most. */
export type Bounds = { usual: number; most: number }

const link = (typed: boolean) =>
  [
    '/** Where the list goes on, as RFC 8288 has it. */',
    `export const linkToNext = (url${typed ? ': string' : ''}, { limit, offset }${typed ? ': Page' : ''}) => {`,
    "  const [path, search] = url.split('?')",
    '  const query = new URLSearchParams(search)',
    "  query.set('limit', String(limit))",
    "  query.set('offset', String(offset + limit))",
    `  return \`<\${path}?\${query}>; rel="next"\``,
    '}',
  ].join('\n')

const reader = ({ usual, most }: Bounds, typed: boolean) =>
  [
    `const numberOf = (given${typed ? ': unknown' : ''}, usual${typed ? ': number' : ''}) => {`,
    '  if (given === undefined) return usual',
    '  return /^\\d{1,9}$/.test(String(given)) ? Number(given) : Number.NaN',
    '}',
    '',
    '/** What `limit` and `offset` of a query ask for; null where they are no such numbers. */',
    `export const readPage = (query${typed ? ': Record<string, unknown>' : ''})${typed ? ': Page | null' : ''} => {`,
    `  const limit = numberOf(query.limit, ${usual})`,
    '  const offset = numberOf(query.offset, 0)',
    `  return limit >= 1 && limit <= ${most} && offset >= 0 ? { limit, offset } : null`,
    '}',
  ].join('\n')

const schema = ({ usual, most }: Bounds) =>
  [
    '/** What part of a list is asked for. */',
    'export const pageQuery = {',
    "  type: 'object',",
    '  properties: {',
    `    limit: { type: 'integer', minimum: 1, maximum: ${most}, default: ${usual} },`,
    "    offset: { type: 'integer', minimum: 0, maximum: 999999999, default: 0 },",
    '  },',
    '}',
  ].join('\n')

/** A module that reads which page is asked for, and says where the next one is. */
export const pageCode = (framework: Paged, bounds: Bounds, { typescript, modules }: Style): string => {
  const type = typescript ? ['export type Page = { limit: number; offset: number }'] : []
  const parts = [
    ...type,
    framework === 'fastify' ? schema(bounds) : reader(bounds, typescript),
    link(typescript),
  ]
  const text = parts.join('\n\n')
  if (modules === 'import') return text
  const given = framework === 'fastify' ? 'pageQuery, linkToNext' : 'readPage, linkToNext'
  return `${text.replaceAll(/^export const/gm, 'const')}\n\nmodule.exports = { ${given} }`
}
