import type { Project } from '../../../../instruments/source/project.ts'
import type { Lock } from './lock.ts'

/** The format of a pnpm lockfile tells which releases read it. */
const PNPM_OF_FORMAT: Readonly<Record<string, string>> = {
  '5.3': '6',
  '5.4': '7',
  '6.0': '8',
  '6.1': '8',
  '9.0': '9',
}

const pnpmOf = (lock: string) => {
  const format = /^lockfileVersion:\s*['"]?(\d+\.\d+)/m.exec(lock)?.[1] ?? ''
  const major = PNPM_OF_FORMAT[format]
  return major === undefined ? 'pnpm' : `pnpm@${major}`
}

/**
 * The npm package, with its version, that brings a manager to a machine without it: `pnpm@9.1.0`.
 * @param wished the manifest's `packageManager`
 */
export const managerPackage = (
  project: Project,
  manager: string,
  wished: string | null,
  lock: Lock | null,
  berry: boolean,
): string | null => {
  if (manager === 'npm') return null
  const [name, version] = (wished ?? '').split('+')[0]?.split('@') ?? []
  const given = name === manager && version !== undefined && /^\d/.test(version) ? version : null
  if (manager === 'yarn' && berry) return `@yarnpkg/cli-dist@${given ?? '4'}`
  if (given !== null) return `${manager}@${given}`
  if (manager === 'yarn') return 'yarn@1'
  const text = lock === null ? null : project.peek(lock.file)
  return manager === 'pnpm' && text !== null ? pnpmOf(text) : manager
}
