import { access, constants, lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { git } from '../../instruments/source/git.ts'
import { type IgnoreRules, readIgnoreRules } from '../../instruments/source/ignore-rules.ts'

/** Above this a file is no source, and a copy for each step would fill the disk. */
export const MOST_FILE_BYTES = 10 << 20

export type Workspace = {
  /** regular files and symbolic links, relative, sorted */
  files: readonly string[]
  bytes: number
  /** what is not kept, as a sentence's end: `data.bin (64 MB)` */
  left: readonly { file: string; why: string }[]
}

const LEFT_OUT = /(?:^|\/)(?:node_modules|\.plimsoll|\.git)(?:\/|$)/

/** What a project's own repository lists is read and nothing in it is changed; a folder it ignores is asked as itself. */
const listByGit = async (dir: string, own: Readonly<Record<string, string>>): Promise<string[] | null> => {
  const words = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const isIgnored = (await git(dir, ['check-ignore', '.'])) !== null
  const listed = isIgnored ? null : await git(dir, words, { timeoutMs: 60_000 })
  const found = listed ?? (await git(dir, words, { timeoutMs: 60_000, env: own }))
  return found === null ? null : [...new Set(found.split('\0').filter((file) => file !== ''))]
}

/** Like git, where there is none: every `.gitignore` on the way counts, and no symbolic link is followed. */
const walk = async (root: string, dir: string, above: readonly IgnoreRules[]): Promise<string[]> => {
  const text = await readFile(join(root, dir, '.gitignore'), 'utf8').catch(() => '')
  const rules = [...above, readIgnoreRules(dir, text)]
  const entries = await readdir(join(root, dir), { withFileTypes: true }).catch(() => [])
  const found = entries.map(async (entry) => {
    const file = dir === '' ? entry.name : `${dir}/${entry.name}`
    const isFolder = entry.isDirectory()
    const isIgnored = rules.reduce<boolean>((verdict, rule) => rule(file, isFolder) ?? verdict, false)
    if (isIgnored || LEFT_OUT.test(file)) return []
    return isFolder ? walk(root, file, rules) : [file]
  })
  return (await Promise.all(found)).flat()
}

const megabytes = (bytes: number) => `${Math.round(bytes / (1 << 20))} MB`

/**
 * Everything below `root` that a person would miss: not ignored, not installed, not ours, not larger than 10 MB.
 * @param own environment in which git sees a repository of ours; null where git is not installed
 */
export const listWorkspace = async (
  root: string,
  own: Readonly<Record<string, string>> | null,
): Promise<Workspace> => {
  const files: string[] = []
  const left: { file: string; why: string }[] = []
  let bytes = 0
  const look = async (file: string): Promise<void> => {
    if (LEFT_OUT.test(file)) return
    const stat = await lstat(join(root, file)).catch(() => null)
    if (stat === null) return
    if (stat.isDirectory()) return enterNested(file.replace(/\/$/, ''))
    if (stat.isSymbolicLink()) return void files.push(file)
    if (!stat.isFile()) return
    const readable = await access(join(root, file), constants.R_OK).then(
      () => true,
      () => false,
    )
    if (!readable) left.push({ file, why: 'not readable' })
    else if (stat.size > MOST_FILE_BYTES) left.push({ file, why: megabytes(stat.size) })
    else {
      files.push(file)
      bytes += stat.size
    }
  }
  /** A repository within the workspace; any other folder that is listed stands where a file was. */
  const enterNested = async (dir: string): Promise<void> => {
    if ((await lstat(join(root, dir, '.git')).catch(() => null)) !== null) await enter(dir)
  }
  const enter = async (dir: string): Promise<void> => {
    const within =
      own === null
        ? null
        : await listByGit(join(root, dir), {
            ...own,
            GIT_WORK_TREE: join(root, dir),
            GIT_INDEX_FILE: join(own.GIT_DIR ?? '', 'no-index'),
          })
    const prefix = dir === '' ? '' : `${dir}/`
    const found = within === null ? await walk(root, dir, []) : within.map((file) => `${prefix}${file}`)
    await Promise.all(found.filter((file) => file.replace(/\/$/, '') !== dir).map(look))
  }
  await enter('')
  return { files: [...new Set(files)].sort(), bytes, left: left.sort((a, b) => (a.file < b.file ? -1 : 1)) }
}
