import { isAbsolute, relative } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import type { DocumentSide } from '../../contract/diff/compare-documents.ts'
import { chooseDocuments } from '../../inspections/api-diff/choose-documents.ts'
import { resolveCommit } from '../../instruments/source/export-commit.ts'
import type { Project } from '../../instruments/source/project.ts'
import type { ContractWishes } from '../../model/config.ts'
import { readContracts } from '../../survey/contracts/contracts.ts'

export type Side = DocumentSide & { name: string }

/** What a word on the command line means; the working tree and a commit leave open which file. */
type Word = { name: string; file: string | null; commit: string | null }

const refuse = (message: string) => fault('E_USAGE', { message, command: 'plimsoll api-diff' })

const meaningOf = async (project: Project, given: string): Promise<Word> => {
  if (given === '.') return { name: 'the working tree', file: null, commit: null }
  const file = isAbsolute(given) ? relative(project.root, given) : given
  if (project.peek(file) !== null) return { name: given, file, commit: null }
  const whole = await resolveCommit(project.root, given)
  if (whole !== null) return { name: given, file: null, commit: whole }
  const [, ref = '', path = ''] = /^([^:]+):(.+)$/.exec(given) ?? []
  const commit = ref === '' ? null : await resolveCommit(project.root, ref)
  if (commit !== null) return { name: given, file: path, commit }
  throw refuse(`"${given}" is neither a file nor a commit, branch or tag, nor ref:file`)
}

const sideOf = (project: Project, { name, commit }: Word, file: string): Side => ({
  name,
  file,
  readText: async (other) =>
    commit === null ? project.peek(other) : ((await project.before(other, commit))?.text ?? null),
})

const documentsOf = async (project: Project, wishes: ContractWishes | undefined): Promise<string[]> => {
  const system = { contracts: readContracts(project), services: [] }
  const documents = await chooseDocuments(system, project, wishes)
  if (documents.length > 0) return documents
  throw refuse('no OpenAPI document was found: name one')
}

/**
 * The pairs of documents that two words mean: one, where a word names a file, else each document of the backend.
 * @throws E_USAGE when a word means nothing
 */
export const chooseSides = async (
  project: Project,
  words: readonly [string, string],
  wishes: ContractWishes | undefined,
): Promise<[Side, Side][]> => {
  const [base, head] = [await meaningOf(project, words[0]), await meaningOf(project, words[1])]
  const named = head.file ?? base.file
  const found = named === null ? await documentsOf(project, wishes) : [named]
  const own =
    base.file !== null && head.file === null && base.commit === null
      ? await documentsOf(project, { ...wishes, base: base.file })
      : found
  const pairs = own.map((file): [Side, Side] => [
    sideOf(project, base, base.file ?? file),
    sideOf(project, head, head.file ?? file),
  ])
  if (named !== null) return pairs
  // A document that is new has no clients yet.
  const known = await Promise.all(pairs.map(async ([{ file, readText }]) => (await readText(file)) !== null))
  if (known.includes(true)) return pairs.filter((_, at) => known[at] === true)
  throw refuse(`${own.join(', ')}: not in ${base.name}`)
}
