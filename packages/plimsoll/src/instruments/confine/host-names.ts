import { readFileSync } from 'node:fs'

const FILE = '/etc/hosts'

/** Names that this machine knows by itself, with the address of each. */
export const readHostNames = (): ReadonlyMap<string, string> => {
  const names = new Map<string, string>()
  let text = ''
  try {
    text = readFileSync(FILE, 'utf8')
  } catch {
    return names
  }
  for (const line of text.split('\n')) {
    const [address = '', ...found] = line.replace(/#.*$/, '').trim().split(/\s+/)
    for (const name of found) if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), address)
  }
  return names
}
