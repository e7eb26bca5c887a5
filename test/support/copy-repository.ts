import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './repository.ts'

const git = (dir: string, ...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=house', '-c', 'user.email=house@localhost', ...words], {
    cwd: dir,
    encoding: 'utf8',
  })

/** A copy of this repository as it is now, committed, with the same dependencies. The caller removes it. */
export const copyRepository = () => {
  const dir = mkdtempSync(join(tmpdir(), 'plimsoll-house-'))
  const files = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')
  for (const file of files.filter((it) => it !== '' && existsSync(join(root, it))))
    cpSync(join(root, file), join(dir, file))
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'))
  git(dir, 'init', '-q')
  git(dir, 'add', '.')
  git(dir, 'commit', '-qm', 'copy')
  return {
    dir,
    /** lines of `git status`, untracked folders as folders */
    status: () => git(dir, 'status', '--porcelain').split('\n').filter(Boolean),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}
