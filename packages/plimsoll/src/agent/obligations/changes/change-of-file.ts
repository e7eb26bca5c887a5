import { dirname } from 'node:path'
import type { System } from '../../../model/system.ts'
import { kindOfGate } from '../gates/gate-files.ts'
import type { FileChange } from '../trees/file-changes.ts'

/** What a file is to the backend, where its name says it. `code` has to be read; `nothing` changes no verdict. */
export type Role =
  | 'migration'
  | 'manifest'
  | 'lockfile'
  | 'configuration'
  | 'specification'
  | 'code'
  | 'statements'
  | 'nothing'

const MIGRATION =
  /(?:^|\/)(?:migrations?|migrate|alembic\/versions|db\/migrate)\/.*\.(?:sql|[cm]?[jt]s|py)$|(?:^|\/)schema\.(?:prisma|sql)$|\.entity\.ts$/
const MANIFEST =
  /(?:^|\/)(?:package\.json|requirements[\w.-]*\.txt|pyproject\.toml|Pipfile|setup\.(?:py|cfg))$/
const LOCKFILE =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|poetry\.lock|uv\.lock|Pipfile\.lock)$/
const CONFIGURATION =
  /(?:^|\/)(?:\.env(?:\.\w+)*|Dockerfile[\w.-]*|(?:docker-)?compose[\w.-]*\.ya?ml|Procfile|\.nvmrc|\.node-version|\.python-version|gunicorn\.conf\.py|nest-cli\.json|tsconfig[\w.-]*\.json|ecosystem\.config\.\w+)$|(?:^|\/)(?:config|settings)\/[^/]+\.(?:json|ya?ml|toml|ini)$/
const CODE = /\.(?:[cm]?[jt]sx?|py)$/
const BESIDE = /(?:^|\/)(?:scripts?|seeds?|bench(?:marks)?|examples?|docs?)\/|(?:^|\/)seed[\w.-]*$/

/** What a changed file is to the backend. */
export const roleOf = ({ file }: Pick<FileChange, 'file'>, { contracts, services }: System): Role => {
  const gate = kindOfGate(file, contracts)
  if (gate === 'spec') return 'specification'
  if (gate === 'test') return 'nothing'
  const declared = services.flatMap(({ migrations }) => migrations.map(({ dir }) => dir))
  const inDeclared = declared.some((dir) => dir !== null && dir !== '.' && file.startsWith(`${dir}/`))
  if (inDeclared || MIGRATION.test(file)) return 'migration'
  if (LOCKFILE.test(file)) return 'lockfile'
  if (MANIFEST.test(file)) return 'manifest'
  if (CONFIGURATION.test(file)) return 'configuration'
  if (gate !== null) return 'nothing'
  if (file.endsWith('.sql')) return BESIDE.test(dirname(file)) ? 'nothing' : 'statements'
  return CODE.test(file) && !BESIDE.test(file) ? 'code' : 'nothing'
}
