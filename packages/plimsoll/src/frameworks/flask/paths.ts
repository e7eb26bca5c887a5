/** `/users/<int:id>` becomes `/users/:id`; a `<path:rest>` at the end becomes `*`, for it matches slashes too. */
export const normalisePath = (path: string): string => {
  let written = ''
  for (let at = 0; at < path.length; at += 1) {
    if (path[at] !== '<') {
      written += path[at]
      continue
    }
    const end = path.indexOf('>', at)
    if (end === -1) return written + path.slice(at)
    const inside = path.slice(at + 1, end)
    const colon = inside.lastIndexOf(':')
    const last = end === path.length - 1
    written += inside.startsWith('path:') && last ? '*' : `:${inside.slice(colon + 1)}`
    at = end
  }
  return written.startsWith('/') ? written : `/${written}`
}

/** Names of the parameters, in order, whatever their converter. */
export const pathParameters = (path: string): string[] =>
  path
    .split('<')
    .slice(1)
    .map((part) => part.slice(0, part.indexOf('>')))
    .map((inside) => inside.slice(inside.lastIndexOf(':') + 1))

/** How a blueprint puts its prefix before a rule. */
export const prefixed = (kind: string, prefix: string, rule: string): string => {
  if (kind === 'app' || prefix === '') return rule
  if (kind !== 'blueprint') return prefix + rule
  return rule === '' ? prefix : `${prefix.replace(/\/$/, '')}/${rule.replace(/^\//, '')}`
}
