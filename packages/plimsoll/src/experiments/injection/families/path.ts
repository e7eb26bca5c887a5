import type { Bench } from '../bench.ts'
import type { Family, Sighting } from '../family.ts'
import { Encoded } from '../place-value.ts'
import type { Point } from '../points.ts'

const UP = '../'.repeat(12)
const NAMED =
  /file|path|name|doc|page|template|view|image|img|picture|photo|avatar|download|dir|folder|key|asset|attachment|load|read|include|lang|locale|theme|report|log|export|backup|src|^id$|\*/i
const FILE_VALUE = /\.\w{2,4}$|\//

const doubly = (path: string) =>
  new Encoded(encodeURIComponent(encodeURIComponent(`${UP}${path.slice(1)}`).replaceAll('.', '%2e')))

type Way = (path: string, point: Point) => unknown

/** Text in the body needs no encoding; in an address it may be decoded once or twice. */
const WAYS: readonly Way[] = [
  (path) => `${UP}${path.slice(1)}`,
  (path) => path,
  (path) => `${UP.replaceAll('../', '....//')}${path.slice(1)}`,
  (path, { place }) => (place.in === 'body' ? `${UP}${path.slice(1)}\0.png` : doubly(path)),
]

const endingOf = (own: string) => /\.\w{2,4}$/.exec(own)?.[0] ?? ''

const looksNamed = ({ input }: Point, own: string) =>
  NAMED.test(input.replace(/^\w+\./, '')) || FILE_VALUE.test(own)

const read = async (point: Point, bench: Bench, path: string): Promise<Sighting[]> => {
  const own = bench.ownOf(point).text
  const ways = looksNamed(point, own) ? WAYS : WAYS.slice(0, 1)
  const sent: Sighting[] = []
  for (const way of ways) {
    const make = (value: string) => way(`${path}${endingOf(value)}`, point)
    const attack = await bench.shoot(point, { role: 'attack', make })
    sent.push(attack)
    if (attack.shown.includes('file'))
      return [attack, await bench.shoot(point, { role: 'control', make: (one) => one })]
  }
  return sent
}

const write = async (point: Point, bench: Bench, folder: string): Promise<Sighting[]> => {
  if (point.route.method === 'GET' || !looksNamed(point, bench.ownOf(point).text)) return []
  const make = (_: string, mark: string) => `${UP}${folder.slice(1)}/${mark}`
  return [await bench.shoot(point, { role: 'write', make })]
}

/** Reads a file that only this lab knows of, or puts one where only this lab looks. */
export const path: Family = {
  id: 'path',
  title: 'path traversal',
  cwe: 22,
  harm: 'reaches files outside of the folder that is meant',
  repairs: [
    'Resolve the path, then refuse it unless it starts with the folder and a separator; or look the name up in a list.',
    'Give files ids of your own, and keep the name that a caller chose as data.',
  ],
  suits: ({ place }) => place.in !== 'header',
  async attempt(point, bench) {
    if (bench.canary === null) return []
    const { file, folder } = bench.canary
    return [...(await read(point, bench, file.path)), ...(await write(point, bench, folder))]
  },
  weigh: (sightings) => {
    const reading = sightings.find(({ shown, role }) => role === 'attack' && shown.includes('file'))
    if (reading !== undefined) {
      const controls = sightings.filter(({ role }) => role === 'control')
      if (controls.some(({ shown }) => shown.includes('file'))) return null
      return {
        severity: 'critical',
        says: 'the answer holds the text of a file far outside of the app',
        show: [reading, ...controls],
      }
    }
    const written = sightings.find(({ files, role }) => role === 'write' && files.length > 0)
    if (written === undefined) return null
    return {
      severity: 'critical',
      says: 'a file was written into a folder far outside of the app',
      show: [written],
    }
  },
}
