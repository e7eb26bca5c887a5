import { groupOf, listOf } from './group.ts'

const urlOf = (server: unknown): string => {
  const { url, variables } = groupOf(server)
  return String(url ?? '').replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const value = groupOf(groupOf(variables)[name]).default
    return value === undefined ? whole : String(value)
  })
}

/** `https://api.example.com/v1/` and `v1` are both `/v1`. */
const basePath = (url: string): string => {
  const path = url.replace(/^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/]*/i, '').replace(/[?#].*$/, '')
  const trimmed = path.replace(/^[./]+|\/+$/g, '')
  return trimmed === '' ? '' : `/${trimmed}`
}

/** Where operations may stand, as the nearest of these holders says; just `` where none says anything. */
export const basesOf = (...nearestFirst: unknown[]): string[] => {
  for (const holder of nearestFirst) {
    const { servers, basePath: old } = groupOf(holder)
    const urls = [...listOf(servers).map(urlOf), ...(typeof old === 'string' ? [old] : [])]
    if (urls.length > 0) return [...new Set(urls.map(basePath))]
  }
  return ['']
}
