import type { LockedVersion } from './lock.ts'

const splitSpecifier = (specifier: string): [name: string, range: string] => {
  const at = specifier.indexOf('@', 1)
  return at < 0 ? [specifier, ''] : [specifier.slice(0, at), specifier.slice(at + 1).replace(/^npm:/, '')]
}

/** yarn.lock of classic and berry: `"name@range", "name@range":` followed by an indented `version`. */
export const readYarnLock = (text: string): LockedVersion => {
  const versions = new Map<string, Map<string, string>>()
  let specifiers: string[] = []
  for (const line of text.split('\n')) {
    if (/^[^\s#].*:\s*$/.test(line)) {
      specifiers = line
        .trim()
        .slice(0, -1)
        .split(/,\s*/)
        .map((part) => part.replaceAll('"', ''))
    }
    const version = /^ {2}version:? "?([^"\s]+)"?/.exec(line)?.[1]
    if (version === undefined) continue
    for (const specifier of specifiers) {
      const [name, range] = splitSpecifier(specifier)
      const ranges = versions.get(name) ?? new Map<string, string>()
      versions.set(name, ranges.set(range, version))
    }
  }
  return (name, _dir, wanted) => {
    const ranges = versions.get(name)
    if (ranges === undefined) return null
    const only = ranges.size === 1 ? [...ranges.values()][0] : undefined
    return ranges.get((wanted ?? '').replace(/^npm:/, '')) ?? only ?? null
  }
}
