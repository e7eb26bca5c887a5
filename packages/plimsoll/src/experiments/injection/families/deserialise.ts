import type { Family } from '../family.ts'

const quoted = (text: string) => JSON.stringify(text).slice(1, -1)

/** What node-serialize writes for a function, called as soon as it is read back; modules of ECMAScript know no require. */
const inScript = (path: string) =>
  `{"canary":"_$$ND_FUNC$$_function(){(process.getBuiltinModule||require)('fs').writeFileSync('${quoted(path)}','')}()"}`

/** What PyYAML builds where it is allowed to build anything. */
const inYaml = (path: string) => `!!python/object/apply:os.mkdir ["${path}"]`

const WAYS: Readonly<Record<string, readonly ((path: string) => string)[]>> = {
  javascript: [inScript],
  python: [inYaml],
}

/** Text that a careless reader of stored objects runs while it reads; what it runs makes a file. */
export const deserialise: Family = {
  id: 'deserialise',
  title: 'object injection',
  cwe: 502,
  harm: 'builds objects that the caller describes, functions included',
  repairs: ['Read data with a parser that knows data only: JSON.parse, yaml.safe_load.'],
  suits: ({ place }, app) =>
    (place.in === 'body' || place.in === 'cookie') && WAYS[app.language] !== undefined,
  async attempt(point, bench) {
    const folder = bench.canary?.folder
    if (folder === undefined) return []
    const sent = []
    for (const way of WAYS[bench.service.language] ?? [])
      sent.push(await bench.shoot(point, { role: 'attack', make: (_, mark) => way(`${folder}/${mark}`) }))
    return sent
  },
  weigh: (sightings) => {
    const attack = sightings.find(({ files, mark }) => files.includes(mark))
    if (attack === undefined) return null
    return {
      severity: 'critical',
      says: 'a function in the text was called while it was read: the file that it makes was there afterwards',
      show: [attack],
    }
  },
}
