import type { Family, Sighting } from '../family.ts'

const QUOTED_NAME = /"(?:[^"]|"")*"/g

/** The mark stands beside an operator or a literal of ours, where only the program's own words should stand. */
const isOutside = (shape: string, mark: string): boolean => {
  const bare = shape.replace(QUOTED_NAME, '"')
  return new RegExp(`(?:\\|\\||\\?)\\s*${mark}\\b|\\b${mark}\\s*(?:\\|\\||\\?)`).test(bare)
}

const broken = ({ statements, mark }: Sighting) => statements.find(({ shape }) => isOutside(shape, mark))

const inQuotedName = ({ statements, mark }: Sighting) =>
  statements.some(({ shape }) => shape.match(QUOTED_NAME)?.some((name) => name.includes(mark)) === true)

/**
 * Seen on the wire: nothing is concluded from an answer. Text that became tokens of the statement was not a value; in a
 * parameter, in a literal whose quotes are doubled, or in a quoted name it stays one, whatever it says.
 */
export const sql: Family = {
  id: 'sql',
  title: 'SQL injection',
  cwe: 89,
  harm: 'runs SQL that the caller writes',
  repairs: [
    'Pass values as parameters ($1, ?, :name), never as part of the text.',
    'Choose columns and directions of ORDER BY from a list in the code: a name cannot be a parameter.',
  ],
  suits: (_, app) => app.sql === 'wire',
  async attempt(point, bench) {
    const first = await bench.shoot(point, {
      role: 'attack',
      make: (own, mark) => `${own}'||'${mark}'||${mark}||'`,
    })
    const named = inQuotedName(first) && broken(first) === undefined
    const attack = named
      ? await bench.shoot(point, { role: 'attack', make: (own, mark) => `${own}"||${mark}||"` })
      : first
    if (broken(attack) === undefined) return [attack]
    const again = await bench.shoot(point, { role: 'again', make: (own, mark) => `${own}'||'${mark}` })
    return [attack, again, await bench.shoot(point, { role: 'control', make: (own) => own })]
  },
  weigh: (sightings) => {
    const attack = sightings.find((one) => broken(one) !== undefined)
    const statement = attack === undefined ? undefined : broken(attack)
    if (attack === undefined || statement === undefined) return null
    const answered =
      statement.sqlstate === undefined ? '' : `, which the database answered with ${statement.sqlstate}`
    return {
      severity: 'critical',
      says: `text of the caller became part of the statement itself${answered}`,
      show: [attack, ...sightings.filter((one) => one !== attack && one.role !== 'attack')],
    }
  },
}
