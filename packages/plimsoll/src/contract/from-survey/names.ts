const words = (text: string) => text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

const segmentsOf = (template: string) => template.split('/').filter((segment) => segment !== '')

/** `GET /orders/{id}/lines` -> `getOrdersByIdLines`: of the path alone, so that it stays when code moves. */
export const operationId = (method: string, template: string): string => {
  const parts = segmentsOf(template).map((segment) =>
    words(segment.replace(/\{([^}]+)\}/g, ' by $1 '))
      .map(capital)
      .join(''),
  )
  return `${method.toLowerCase()}${parts.join('') || 'Root'}`
}

/** Segments that most APIs have before anything that tells them apart. */
const COMMON = /^(?:api|rest|v\d+(?:\.\d+)?)$/i

/** The first segment of a path that says what it is about; null at the root. */
export const tagOf = (template: string): string | null => {
  const named = segmentsOf(template).filter((segment) => !segment.includes('{'))
  return named.find((segment) => !COMMON.test(segment)) ?? named[0] ?? null
}

/** A name that is free among those taken. */
export const freeName = (wanted: string, taken: { has(name: string): boolean }): string => {
  let name = wanted
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}${count}`
  return name
}
