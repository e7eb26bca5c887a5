import type { Family } from '../family.ts'

/** In one text for each way of quoting: bare, in double quotes, in single quotes. */
const everywhere = (own: string, path: string) => `${own}$(touch ${path})';touch ${path};'`

const WAYS: readonly ((own: string, path: string) => string)[] = [
  everywhere,
  (own, path) => `${own};touch ${path};#`,
  (own, path) => `${own}|touch ${path}`,
  (own, path) => `${own}\ntouch ${path}\n`,
]

/** A file appears that nothing but a shell could have been told to make. */
export const command: Family = {
  id: 'command',
  title: 'command injection',
  cwe: 78,
  harm: 'runs shell commands that the caller writes',
  repairs: [
    'Run the program without a shell, its arguments as a list: execFile(file, args), subprocess.run([...]).',
    'Better, do without the program: the language reads folders, resolves names and makes archives itself.',
  ],
  suits: ({ place }) => place.in !== 'header' && place.in !== 'cookie',
  async attempt(point, bench) {
    const folder = bench.canary?.folder
    if (folder === undefined) return []
    const sent = []
    for (const way of point.works ? WAYS.slice(0, 3) : WAYS.slice(0, 2)) {
      const make = (own: string, mark: string) => way(own, `${folder}/${mark}`)
      const attack = await bench.shoot(point, { role: 'attack', make })
      sent.push(attack)
      if (attack.files.length > 0) break
    }
    return sent
  },
  weigh: (sightings) => {
    const attack = sightings.find(({ files, mark }) => files.includes(mark))
    if (attack === undefined) return null
    return {
      severity: 'critical',
      says: 'a shell ran "touch" with the path that stood in the request: the file was there afterwards',
      show: [attack],
    }
  },
}
