import { join } from 'node:path'
import { isInstalledCopy } from '../../hosts/agent-file.ts'
import { hosts } from '../../hosts/catalogue.generated.ts'
import type { Host } from '../../hosts/define.ts'
import type { AgentDefinition, DefinitionProblem } from '../../model/agent.ts'
import { findFiles, readText } from './find-files.ts'
import { loadCast } from './load-cast.ts'
import { loadDefinition } from './load-definition.ts'

export type Definitions = {
  /** one a name: those of the workspace before those of the home folder before the cast */
  definitions: readonly AgentDefinition[]
  problems: readonly DefinitionProblem[]
}

type Found = { definition: AgentDefinition; from: 'workspace' | 'home folder' | 'cast' }

const RANKS: Readonly<Record<Found['from'], number>> = { workspace: 0, 'home folder': 1, cast: 2 }

const placeOf = ({ definition }: Found) => definition.file ?? 'the built-in one'

const collision = (winner: Found, loser: Found): DefinitionProblem => {
  const why =
    winner.from === loser.from
      ? 'it is the first of two in one place'
      : `the ${winner.from} comes before the ${loser.from}`
  return {
    level: 'warning',
    file: loser.definition.file ?? placeOf(winner),
    line: null,
    problem: `Two agents are called "${winner.definition.name}": ${placeOf(winner)} is used, ${placeOf(loser)} is not, because ${why}`,
    fix: 'Give one of them another name to have both.',
  }
}

/** What a host keeps below a folder; what we installed there ourselves is a copy, no definition. */
const search = async (root: string, host: Host, from: Found['from'], prefix: string) => {
  const listed = await Promise.all(host.agentFiles.map((glob) => findFiles(root, glob)))
  const found: Found[] = []
  const problems: DefinitionProblem[] = []
  for (const file of new Set(listed.flat())) {
    const read = await readText(join(root, file), root)
    if (/(^|\/)readme\.md$/i.test(file) || ('text' in read && isInstalledCopy(read.text))) continue
    const { definition, problems: said } = await loadDefinition(file, root, host)
    problems.push(...said.map((problem) => ({ ...problem, file: `${prefix}${problem.file}` })))
    if (definition !== null) found.push({ definition: { ...definition, file: `${prefix}${file}` }, from })
  }
  return { found, problems }
}

/**
 * Every agent there is for a workspace. A bad file is reported and left out; of agents with one name the nearest wins.
 * @param home folder of the user, to be searched as well; null to leave it out
 */
export const loadDefinitions = async (root: string, home: string | null = null): Promise<Definitions> => {
  const places = [
    { root, from: 'workspace' as const, prefix: '' },
    ...(home === null ? [] : [{ root: home, from: 'home folder' as const, prefix: '~/' }]),
  ]
  const searched = await Promise.all(
    places.flatMap((place) => hosts.map((host) => search(place.root, host, place.from, place.prefix))),
  )
  const cast = loadCast().map((definition): Found => ({ definition, from: 'cast' }))
  const all = [...searched.flatMap(({ found }) => found), ...cast]
  const problems = searched.flatMap((place) => place.problems)
  const winners: Found[] = []
  for (const one of all.sort((left, right) => RANKS[left.from] - RANKS[right.from])) {
    const winner = winners.find(({ definition }) => definition.name === one.definition.name)
    if (winner === undefined) winners.push(one)
    else problems.push(collision(winner, one))
  }
  return { definitions: winners.map(({ definition }) => definition), problems }
}
