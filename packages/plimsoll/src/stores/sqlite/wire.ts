import type { EnvRead } from '../../model/system.ts'
import type { Wiring } from '../define.ts'

const FILE = /\.(?:db|db3|s3db|sqlite|sqlite3)$/i

/** How values name a file: what stands before the path, and how a path inside the app's folder is written after it. */
const STYLES: readonly { prefix: RegExp; inside: string }[] = [
  { prefix: /^(sqlite(?:\+\w+)?|sqlite3):\/\/\/(?=[/A-Z])/i, inside: '' },
  { prefix: /^(sqlite(?:\+\w+)?|sqlite3):(?=\/(?!\/)|[A-Z]:)/i, inside: '' },
  { prefix: /^jdbc:sqlite:(?=\/|[A-Z]:)/i, inside: '' },
  { prefix: /^file:(?:\/\/)?(?=\/|[A-Z]:)/i, inside: './' },
  { prefix: /^(?=\/|[A-Z]:[\\/])/i, inside: './' },
]

const isAbsolute = (path: string) => /^(?:\/|[A-Z]:[\\/])/i.test(path)

const baseName = (path: string) => path.split(/[\\/]/).at(-1) ?? path

/** A value that leads out of the staged copy, led back in; null when it already stays inside, or names no file. */
export const insideCopy = (value: string): string | null => {
  const [address = '', query] = value.trim().split('?')
  for (const { prefix, inside } of STYLES) {
    const before = prefix.exec(address)?.[0]
    if (before === undefined) continue
    const path = address.slice(before.length)
    if (!isAbsolute(path) || (before === '' && !FILE.test(path))) return null
    const kept = before.startsWith('file:') ? 'file:' : before
    return `${kept}${inside}${baseName(path)}${query === undefined ? '' : `?${query}`}`
  }
  return null
}

const isRemote = (value: string) =>
  /^(?:libsql|wss?|https?):\/\/[^/]*\bturso\b|^libsql:\/\//i.test(value.trim())

/** A path relative to the app's folder already names a file of the copy and stays; others are led into the copy. */
export const wireSqlite = (_: unknown, reads: readonly EnvRead[]): Wiring => {
  const env: Record<string, string> = {}
  const gaps: string[] = []
  for (const { name, default: fallback, example } of reads) {
    const value = example ?? fallback
    if (value === null) continue
    const led = isRemote(value) ? 'file:./plimsoll.db' : insideCopy(value)
    if (led === null) continue
    env[name] = led
    if (isRemote(value)) gaps.push(`${name} names a database of another machine, replaced by a file`)
  }
  return { env, by: Object.keys(env), gap: gaps.length > 0 ? gaps.join('; ') : null }
}
