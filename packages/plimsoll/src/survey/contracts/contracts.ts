import type { Project } from '../../instruments/source/project.ts'
import type { Contract } from '../../model/system.ts'
import { readAsyncapi, readOpenapi } from './documents.ts'
import { readGraphql } from './graphql.ts'
import { readProto } from './proto.ts'

/** Interface descriptions, known by what is in them rather than by their names. */
export const readContracts = (project: Project): Contract[] =>
  project.files.flatMap((file): Contract[] => {
    if (/\.(graphqls?|gql)$/.test(file)) return readGraphql(project, file)
    if (file.endsWith('.proto')) return readProto(project, file)
    if (!/\.(json|ya?ml)$/.test(file) || /(^|\/)(package|package-lock|tsconfig)[\w.-]*\.json$/.test(file))
      return []
    if (/(^|\/)(pnpm-lock|composer|bun)\b/.test(file)) return []
    return readOpenapi(project, file) ?? readAsyncapi(project, file) ?? []
  })
