import type { DocumentSide } from '../../contract/diff/compare-documents.ts'
import type { Project } from '../../instruments/source/project.ts'
import { readNow } from './choose-documents.ts'

/** A document as clients know it, and what that state is called. */
export type Base = DocumentSide & { name: string }

const atCommit = async (source: Project, file: string, ref?: string): Promise<Base | null> => {
  const found = await source.before(file, ref)
  if (found === null) return null
  const readText = async (other: string) =>
    other === file ? found.text : ((await source.before(other, found.commit))?.text ?? null)
  return { file, name: found.ref, readText }
}

/** What a document is held against: the file, commit or file at a commit that is declared, else where the branch began. */
export const findBase = async (
  source: Project,
  document: string,
  declared: string | undefined,
): Promise<Base | null> => {
  if (declared === undefined) return atCommit(source, document)
  if (source.peek(declared) !== null) return { file: declared, name: declared, readText: readNow(source) }
  const [, ref, file] = /^([^:]+):(.+)$/.exec(declared) ?? []
  return ref !== undefined && file !== undefined
    ? atCommit(source, file, ref)
    : atCommit(source, document, declared)
}
