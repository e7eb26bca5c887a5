import { execFile } from 'node:child_process'

/** A repository's own configuration may name programs to run: none of them is. */
export const SAFE = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.untrackedCache=false',
]

type GitOptions = {
  env?: Readonly<Record<string, string>>
  timeoutMs?: number
  /** what it reads from its standard input */
  input?: string
}

/** What git prints; null when it fails, whatever the reason. */
export const git = (dir: string, args: readonly string[], given: GitOptions = {}): Promise<string | null> =>
  new Promise((resolve) => {
    const env = {
      ...given.env,
      PATH: process.env.PATH ?? '',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      LC_ALL: 'C',
    }
    const options = { cwd: dir, env, timeout: given.timeoutMs ?? 10_000, maxBuffer: 64 << 20 }
    const child = execFile('git', [...SAFE, ...args], options, (error, stdout) =>
      resolve(error === null ? stdout : null),
    )
    // It may end before it has read everything; then its exit code tells.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(given.input)
  })

/** The commit that is checked out, and whether the folder differs from it; no commit outside a repository. */
export const readRevision = async (dir: string): Promise<{ commit: string | null; dirty: boolean }> => {
  const commit = (await git(dir, ['rev-parse', '--verify', 'HEAD']))?.trim() ?? null
  if (commit === null) return { commit: null, dirty: false }
  const status = await git(dir, ['status', '--porcelain', '--untracked-files=normal', '--', '.'])
  return { commit, dirty: status !== null && status !== '' }
}

/** The commit that is checked out; null outside a repository. */
export const headCommit = async (dir: string): Promise<string | null> => (await readRevision(dir)).commit
