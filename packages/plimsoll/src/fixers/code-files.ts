import type ts from 'typescript'
import type { Project } from '../instruments/source/project.ts'

/** What runs beside the app, or is made from it: never part of what answers requests. */
const BESIDE =
  /(?:^|\/)(?:tests?|__tests__|specs?|e2e|fixtures|mocks|__mocks__|scripts?|migrations?|seeds?|seeders|bench|benchmarks?|tools?|docs|examples?|dist|build|out|coverage|public|static|assets|client|frontend)\//i
const NOT_APP = /(?:\.(?:test|spec|d|config|min)\.[cm]?[jt]sx?$)|(?:^|\/)knexfile\.[cm]?[jt]s$/

/** Scripts of the app itself that can be read. */
export const codeFiles = (project: Project): { file: string; source: ts.SourceFile }[] =>
  project.under('', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts').flatMap((file) => {
    if (BESIDE.test(file) || NOT_APP.test(file)) return []
    const source = project.script(file)
    return source === null ? [] : [{ file, source }]
  })
