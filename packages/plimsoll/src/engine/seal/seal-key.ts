import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, relative } from 'node:path'

const HEX = /^[0-9a-f]{64}$/
/** Bits that let somebody else read or write it. */
const OTHERS = 0o077

/** Where this user's key lies: outside of every workspace, and of what a sandboxed command sees. */
const keyFile = (): string => {
  const given = process.env.XDG_STATE_HOME ?? ''
  return join(isAbsolute(given) ? given : join(homedir(), '.local', 'state'), 'plimsoll', 'run-key')
}

const read = (file: string): string | null => {
  try {
    const { mode } = statSync(file)
    const text = readFileSync(file, 'utf8').trim()
    const isOurs = process.platform === 'win32' || (mode & OTHERS) === 0
    return isOurs && HEX.test(text) ? text : null
  } catch {
    return null
  }
}

/** Linked into its place whole: of two who make one at once, both use the first. */
const make = (file: string): void => {
  const draft = `${file}.${randomBytes(4).toString('hex')}`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
    try {
      linkSync(draft, file)
    } finally {
      rmSync(draft, { force: true })
    }
  } catch {
    // There is one already, or none can be kept: reading it tells.
  }
}

/**
 * The key that Runs of this user are sealed with, made at the first use.
 * @param root absolute: a key below it is none, because whoever works there may read it
 * @returns null where none can be kept
 */
export const sealKey = (root: string): string | null => {
  const file = keyFile()
  if (!relative(root, file).startsWith('..')) return null
  const known = read(file)
  if (known !== null) return known
  make(file)
  return read(file)
}
