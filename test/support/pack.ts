import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyRepository } from './copy-repository.ts'

export type Outcome = { status: number | null; out: string; err: string }

/** Runs a program to its end, outside of this test run's own environment. */
export const perform = (cwd: string, program: string, ...words: string[]): Outcome => {
  const { NODE_OPTIONS, VITEST, VITEST_WORKER_ID, NODE_ENV, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd,
    encoding: 'utf8',
    env: { ...env, NO_COLOR: '1' },
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { status, out: stdout, err: stderr }
}

/** Like `perform`, and what it said is the error when it fails. */
export const insist = (cwd: string, program: string, ...words: string[]): string => {
  const { status, out, err } = perform(cwd, program, ...words)
  if (status !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${status}\n${out}${err}`)
  return out
}

/** Builds and packs the published package from a copy of the repository, as a release would. */
export const packPlimsoll = () => {
  const copy = copyRepository()
  const into = mkdtempSync(join(tmpdir(), 'plimsoll-pack-'))
  const remove = () => {
    copy.remove()
    rmSync(into, { recursive: true, force: true })
  }
  const at = (path: string) => join(copy.dir, path)
  try {
    insist(copy.dir, at('node_modules/.bin/tsc'), '-p', 'packages/plimsoll/tsconfig.build.json')
    insist(copy.dir, at('node_modules/.bin/jiti'), 'scripts/bundle-vendor.ts')
    insist(at('packages/web'), at('node_modules/.bin/vite'), 'build')
    insist(at('packages/plimsoll'), 'npm', 'pack', '--ignore-scripts', '--pack-destination', into)
  } catch (thrown) {
    remove()
    throw thrown
  }
  const [tarball = ''] = readdirSync(into)
  return { packageDir: at('packages/plimsoll'), tarball: join(into, tarball), remove }
}
