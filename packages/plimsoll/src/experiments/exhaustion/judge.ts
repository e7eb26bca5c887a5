import type { Standard } from '../../model/standard.ts'
import type { Judgement } from '../../model/verdict.ts'
import { judgeBodies } from './judge-bodies.ts'
import { judgePatterns } from './judge-patterns.ts'
import { judgeUploads, UPLOADS } from './judge-uploads.ts'
import type { Seen } from './seen.ts'

export const judge = (seen: Seen, _standard: Standard, all?: readonly Standard[]): Judgement[] => {
  const withUploads = all?.some(({ id }) => id === UPLOADS) ?? true
  return [...judgePatterns(seen), ...judgeBodies(seen), ...(withUploads ? judgeUploads(seen) : [])]
}
