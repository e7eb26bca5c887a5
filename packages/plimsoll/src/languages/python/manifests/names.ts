/** The one spelling of a distribution's name: `Flask_SQLAlchemy` is `flask-sqlalchemy`. */
export const normaliseName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')

export type Wanted = { name: string; version: string }

const REQUIREMENT = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:@\s*\S+|\(?([^;)#]*)\)?)/

/** One requirement as PEP 508 writes it: `flask[async]>=2.2,<3 ; python_version > "3.8"`. */
export const readRequirement = (line: string): Wanted | null => {
  const found = REQUIREMENT.exec(line.trim())
  if (found === null) return null
  return { name: normaliseName(found[1] ?? ''), version: (found[2] ?? '').trim() || '*' }
}

/** `==2.2.2` pins 2.2.2; anything wider pins nothing. */
export const pinned = (version: string): string | null => /^={2,3}\s*([\w.!+-]+)$/.exec(version)?.[1] ?? null
