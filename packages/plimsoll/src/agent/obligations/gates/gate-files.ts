import type { Contract } from '../../../model/system.ts'
import type { GateFile } from '../obligation.ts'
import type { Tree } from '../trees/tree.ts'

const TEST =
  /(?:^|\/)(?:tests?|__tests__|specs?|e2e|cypress)\/(?:.*\/)?[^/]+\.(?:[cm]?[jt]sx?|py)$|[._-](?:test|spec|e2e|cy)\.[cm]?[jt]sx?$|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/
const THRESHOLD =
  /(?:^|\/)(?:plimsoll\.config\.\w+|(?:vitest|vite|jest|ava|playwright|c8|karma|stryker)\.conf(?:ig)?\.\w+|vitest\.workspace\.\w+|\.(?:nycrc|c8rc|mocharc)(?:\.\w+)?|\.coveragerc|pytest\.ini|setup\.cfg|tox\.ini|codecov\.ya?ml|\.codecov\.ya?ml|sonar-project\.properties)$/
const GATE =
  /(?:^|\/)(?:\.github\/(?:workflows|hooks|actions)\/.+|\.gitlab-ci\.ya?ml|\.circleci\/.+|azure-pipelines\.ya?ml|Jenkinsfile|\.husky\/.+|\.pre-commit-config\.ya?ml|lefthook\.ya?ml|\.lintstagedrc(?:\.\w+)?|\.claude\/settings(?:\.local)?\.json|\.cursor\/hooks\.json|\.gemini\/settings\.json|\.codex\/(?:hooks\.json|config\.toml)|\.opencode\/plugins?\/.+|\.eslintrc(?:\.\w+)?|eslint\.config\.\w+|biome\.jsonc?|\.oxlintrc\.json|ruff\.toml|\.ruff\.toml|mypy\.ini|\.flake8|tsconfig(?:\.[\w-]+)?\.json|jsconfig\.json|package\.json|pyproject\.toml|Makefile)$/

/** Which kind of judge a file is; null for one that judges nothing. */
export const kindOfGate = (file: string, contracts: readonly Contract[]): GateFile['kind'] | null => {
  if (contracts.some((contract) => contract.file === file)) return 'spec'
  if (/(?:^|\/)(?:fixtures?|node_modules)\//.test(file)) return null
  if (THRESHOLD.test(file)) return 'threshold'
  if (GATE.test(file)) return 'gate'
  return TEST.test(file) ? 'test' : null
}

/** Every file of a tree that judges the work, with its hash. */
export const takeGates = ({ hashes, system }: Pick<Tree, 'hashes' | 'system'>): GateFile[] =>
  [...hashes].flatMap(([file, hash]) => {
    const kind = kindOfGate(file, system.contracts)
    return kind === null ? [] : [{ file, kind, hash }]
  })
