import { manifestOf, type RepositoryFacts, type Side, sideOfFile, sidesOf } from './repository.ts'

export type FileEvidence = { agent: string; what: string; weight: number }

const sideBy = (names: readonly string[]): { side: Side | null; by: string } => {
  const { server, browser } = sidesOf(names)
  if (server.length > 0 && browser.length === 0) return { side: 'backend', by: server[0] ?? '' }
  if (browser.length > 0 && server.length === 0) return { side: 'frontend', by: browser[0] ?? '' }
  return { side: null, by: '' }
}

/** A file says most by what it imports, then by its folder and ending, then by what it is built with. */
const sideIn = (file: string, repository: RepositoryFacts): { side: Side | null; by: string } => {
  const imported = sideBy(repository.imports?.[file] ?? [])
  if (imported.side !== null) return { side: imported.side, by: `its import of ${imported.by}` }
  const side = sideOfFile(file)
  if (side !== null) return { side, by: 'its name' }
  return sideBy(manifestOf(file, repository) ?? [])
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

/** @param asked what the only side of a repository gets for a task that asks for something */
export const ofRepository = (
  { manifests, files }: Pick<RepositoryFacts, 'manifests' | 'files'>,
  asked: number,
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
  if (server.length > 0 && browser.length > 0 && asked > 0)
    found.push({ agent: 'backend', what: 'a demand, and no word of how it looks', weight: asked })
  const sides = files.map(sideOfFile)
  const infra = sides.filter((side) => side === 'devops').length
  if (infra / Math.max(1, sides.length) > 0.2)
    found.push({ agent: 'devops', what: 'the repository: mostly deployment files', weight: 1 })
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
