import { arch, platform, release } from 'node:os'
import { surveyLine } from '../../engine/prove/survey-line.ts'
import { git } from '../../instruments/source/git.ts'
import type { System } from '../../model/system.ts'

const gitLine = async (root: string): Promise<string | null> => {
  const status = await git(root, ['status', '--short', '--branch', '--untracked-files=normal'])
  if (status === null) return null
  const [head = '', ...files] = status.trimEnd().split('\n')
  const branch = head.replace(/^## (?:No commits yet on )?/, '').replace(/\.\.\..*$/, '')
  return `${branch}, ${files.length === 0 ? 'clean' : `${files.length} uncommitted files`}`
}

/** What a model should know of the place it works in, read once. */
export const readFacts = async (root: string, found: System) => ({
  date: new Date().toISOString().slice(0, 10),
  system: `${platform()} ${release().split('-')[0]} ${arch()}, Node ${process.versions.node}`,
  git: await gitLine(root),
  backend:
    found.services.length === 0 ? 'none was recognised; "survey" tells what was read' : surveyLine(found),
})
