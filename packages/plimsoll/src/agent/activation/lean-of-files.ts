import { manifestOf, type RepositoryFacts, type Side, sideOfFile, sidesOf } from './repository.ts'

import { stemsOf } from './stem.ts'

export type FileEvidence = { agent: string; what: string; weight: number }

const sideBy = (names: readonly string[]): { side: Side | null; by: string } => {
  const { server, browser } = sidesOf(names)
  if (server.length > 0 && browser.length === 0) return { side: 'backend', by: server[0] ?? '' }
  if (browser.length > 0 && server.length === 0) return { side: 'frontend', by: browser[0] ?? '' }
  return { side: null, by: '' }
}

const CODE = /\.[cm]?[jt]sx?$/
/** Next to the components that call them, and yet on the server. */
const SERVER_ACTION = /(?:^|\/)(?:actions|route)\.[jt]s$/

/** A file says most by what it imports, then by its folder and ending, then by what it is built with. */
const sideIn = (file: string, repository: RepositoryFacts): { side: Side | null; by: string } => {
  const imported = sideBy(repository.imports?.[file] ?? [])
  if (imported.side !== null) return { side: imported.side, by: `its import of ${imported.by}` }
  const built = manifestOf(file, repository) ?? []
  if (SERVER_ACTION.test(file) && sidesOf(built).server.length > 0) return { side: 'backend', by: 'its name' }
  const side = sideOfFile(file)
  if (side !== null) return { side, by: 'its name' }
  return CODE.test(file) ? sideBy(built) : { side: null, by: '' }
}

/** A bare name is of the one file that is called so. */
const located = (file: string, { files }: RepositoryFacts): string => {
  if (files.includes(file)) return file
  const same = files.filter((each) => each.endsWith(`/${file}`))
  return same.length === 1 ? (same[0] ?? file) : file
}

const FILE = 3

/** @param files those that are given, and those that the task names */
export const ofFiles = (files: readonly string[], repository: RepositoryFacts): FileEvidence[] => {
  const told = [...new Set(files.map((file) => located(file, repository)))].flatMap((file) => {
    const { side, by } = sideIn(file, repository)
    return side === null ? [] : [{ file, side, by }]
  })
  return told.map(({ file, side, by }) => ({
    agent: side,
    what: `${file} (by ${by})`,
    weight: FILE / told.length ** 0.5,
  }))
}

/**
 * @param asked what the only side of a repository gets for a task that asks for something
 * @param looks whether the task says anything of how it looks
 */
export const ofRepository = (
  { manifests, files }: Pick<RepositoryFacts, 'manifests' | 'files'>,
  asked: number,
  looks: boolean,
): FileEvidence[] => {
  const all = Object.values(manifests).map(sidesOf)
  const server = all.flatMap((each) => each.server)
  const browser = all.flatMap((each) => each.browser)
  const found: FileEvidence[] = []
  if (server.length > 0 && browser.length === 0) {
    const what = `the repository: ${server.slice(0, 2).join(', ')}, and nothing of a browser`
    found.push({ agent: 'backend', what, weight: 1.25 + asked })
  }
  if (browser.length > 0 && server.length === 0) {
    const what = `the repository: ${browser.slice(0, 2).join(', ')}, and nothing of a server`
    found.push({ agent: 'frontend', what, weight: 1.25 + asked }, { agent: 'backend', what, weight: -2 })
  }
  if (server.length > 0 && browser.length > 0 && asked > 0 && !looks)
    found.push({ agent: 'backend', what: 'a demand, and no word of how it looks', weight: asked })
  const sides = files.map(sideOfFile)
  const infra = sides.filter((side) => side === 'devops').length
  if (infra / Math.max(1, sides.length) > 0.2)
    found.push({ agent: 'devops', what: 'the repository: mostly deployment files', weight: 1 + asked })
  return found
}

/** Folders with a hyphen in them: who says `react-nginx` speaks of the sample, and of neither. */
export const partsOf = ({ files }: Pick<RepositoryFacts, 'files'>): string[] =>
  [
    ...new Set(
      files.flatMap((file) =>
        file
          .split('/')
          .slice(0, -1)
          .filter((part) => part.includes('-')),
      ),
    ),
  ].sort((a, b) => b.length - a.length)

const LEAST_LETTERS = 5
const MOST_FILES = 5000
const MENTION = 0.75
const MOST_MENTIONS = 2

/** stem of a part of a file's name -> how many files of each side have it */
type Index = ReadonlyMap<string, Readonly<Record<Side, number>>>

const index = (files: readonly string[]): Index => {
  const found = new Map<string, Record<Side, number>>()
  for (const file of files.slice(0, MOST_FILES)) {
    const side = sideOfFile(file)
    if (side === null) continue
    const name = (file.split('/').at(-1) ?? '').replace(/\.[a-z]+$/, '').replace(/([a-z])([A-Z])/g, '$1 $2')
    for (const part of new Set(stemsOf(name.replace(/[-_.]/g, ' ')))) {
      const sides = found.get(part) ?? { backend: 0, frontend: 0, devops: 0 }
      sides[side] += 1
      found.set(part, sides)
    }
  }
  return found
}

/** Many tasks are asked of the same files. */
const indexes = new WeakMap<readonly string[], Index>()

const indexOf = (files: readonly string[]): Index => {
  const found = indexes.get(files) ?? index(files)
  indexes.set(files, found)
  return found
}

/** Things that the files of one side only are called after. */
export const ofMentions = (task: string, { files }: Pick<RepositoryFacts, 'files'>): FileEvidence[] => {
  const sides = indexOf(files)
  return [...new Set(stemsOf(task))]
    .filter((part) => part.length >= LEAST_LETTERS)
    .flatMap((part) => {
      const { backend = 0, frontend = 0 } = sides.get(part) ?? {}
      if (backend === frontend || Math.min(backend, frontend) > 0) return []
      const agent = backend > frontend ? 'backend' : 'frontend'
      return [{ agent, what: `files of the ${agent} are called "${part}"`, weight: MENTION }]
    })
    .slice(0, MOST_MENTIONS)
}
