import { git } from '../../instruments/source/git.ts'

/** Installed, built or cached: a command makes it again. */
const MADE_AGAIN =
  /(?:^|\/)(?:node_modules|\.plimsoll|dist|build|out|coverage|target|obj|bin|vendor|__pycache__|\.?venv|\.tox|\.gradle|\.next|\.nuxt|\.output|\.svelte-kit|\.turbo|\.cache|\.parcel-cache|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.nyc_output|\.vite|logs?|tmp|temp)(?:\/|$)|\.(?:log|pyc|tsbuildinfo|tmp)$/

/**
 * What nobody can bring back once it is deleted: files that git ignores, so that no checkpoint holds them, and that no
 * build or install makes again, such as a database file or uploads. For `openRules({ unsaved: await findUnsaved(root) })`.
 */
export const findUnsaved = async (root: string): Promise<string[]> => {
  const words = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory']
  const listed = (await git(root, words)) ?? ''
  return listed
    .split('\0')
    .map((file) => file.replace(/\/$/, ''))
    .filter((file) => file !== '' && !MADE_AGAIN.test(file))
}
