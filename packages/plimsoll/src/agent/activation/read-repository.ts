import ts from 'typescript'
import { parseJson } from '../../base/json/parse-json.ts'
import { isScript } from '../../instruments/source/parse-script.ts'
import type { Project } from '../../instruments/source/project.ts'
import type { RepositoryFacts } from './repository.ts'

/** More manifests than these say nothing new. */
const MOST_MANIFESTS = 40

const keysOf = (value: unknown): string[] =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : []

const ofPackageJson = (text: string): string[] => {
  const manifest = parseJson(text)
  if (manifest === null || typeof manifest !== 'object') return []
  const { dependencies, devDependencies, peerDependencies }: Record<string, unknown> = { ...manifest }
  return [dependencies, devDependencies, peerDependencies].flatMap(keysOf)
}

const matches = (pattern: RegExp) => (text: string) =>
  [...text.matchAll(pattern)].map(([, name = '']) => name)

/** Names are enough here, so a line each is read, and not the whole grammar of every tool. */
const READERS: readonly (readonly [RegExp, (text: string) => string[]])[] = [
  [/(?:^|\/)package\.json$/, ofPackageJson],
  [/(?:^|\/)requirements[^/]*\.txt$/, matches(/^([A-Za-z][\w.-]*)/gm)],
  [
    /(?:^|\/)pyproject\.toml$/,
    matches(/^\s*"?([A-Za-z][\w.-]*)(?:\[[^\]]*\])?\s*(?:[<>=~!]|"?\s*=\s*["{])/gm),
  ],
  [/(?:^|\/)go\.mod$/, matches(/^\s*(?:require\s+)?([\w.-]+\.[a-z]+\/\S+)\s+v/gm)],
  [/(?:^|\/)pom\.xml$/, matches(/<artifactId>([^<]+)<\/artifactId>/g)],
  [/(?:^|\/)build\.gradle(?:\.kts)?$/, matches(/["']([\w.-]+:[\w.-]+)/g)],
  [/\.csproj$/, matches(/<PackageReference\s+Include="([^"]+)"/g)],
]

const isImport = (node: ts.Node): node is ts.ImportDeclaration | ts.ExportDeclaration =>
  ts.isImportDeclaration(node) || ts.isExportDeclaration(node)

/** Packages that a file takes in by itself. */
const importsOf = (project: Project, file: string): string[] => {
  if (!isScript(file)) return matches(/^\s*(?:from|import)\s+"?([\w./-]+)/gm)(project.text(file) ?? '')
  const source = project.script(file)
  return (source?.statements ?? []).flatMap((node) =>
    isImport(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)
      ? [node.moduleSpecifier.text]
      : [],
  )
}

/**
 * What the files of a workspace say without being run.
 * @param asked files that the task is about: what they import is read, too
 */
export const readRepository = (project: Project, asked: readonly string[] = []): RepositoryFacts => {
  const manifests = project.files.flatMap((file) => {
    const reader = READERS.find(([pattern]) => pattern.test(file))?.[1]
    return reader === undefined ? [] : [[file, reader] as const]
  })
  return {
    files: project.files,
    manifests: Object.fromEntries(
      manifests.slice(0, MOST_MANIFESTS).map(([file, reader]) => [file, reader(project.peek(file) ?? '')]),
    ),
    imports: Object.fromEntries(
      asked.filter((file) => project.exists(file)).map((file) => [file, importsOf(project, file)]),
    ),
  }
}
