import type { Api } from '../api.ts'
import { loadApi } from '../openapi/load-api.ts'
import type { Change } from './change.ts'
import { diffApis } from './diff-apis.ts'

type ReadText = (file: string) => Promise<string | null>

export type DocumentSide = { file: string; readText: ReadText }

export type Compared = {
  before: Api
  after: Api
  changes: Change[]
  /** the document itself says that it breaks with what was: the first number of its version went up */
  announced: boolean
}

const major = ({ release }: Api): number => Number(/^v?(\d+)\./.exec(`${release ?? ''}.`)?.[1] ?? Number.NaN)

/** Holds one document against another; null where one of the two is no OpenAPI document. */
export const compareDocuments = async (
  before: DocumentSide,
  after: DocumentSide,
): Promise<Compared | null> => {
  const [old, fresh] = [
    await loadApi(before.file, before.readText),
    await loadApi(after.file, after.readText),
  ]
  if (old === null || fresh === null) return null
  return {
    before: old,
    after: fresh,
    changes: diffApis(old, fresh),
    announced: major(fresh) > major(old),
  }
}
