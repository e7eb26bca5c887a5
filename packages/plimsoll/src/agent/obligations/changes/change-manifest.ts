import { isDeepStrictEqual } from 'node:util'
import type { ChangeKind } from '../../../model/change.ts'
import type { FileChange } from '../trees/file-changes.ts'
import type { Change } from './change.ts'
import type { Role } from './change-of-file.ts'

const parse = (text: string | null): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

/** Parts of package.json that decide what is installed, and how it starts. */
const INSTALLED = ['dependencies', 'optionalDependencies', 'peerDependencies', 'overrides', 'resolutions']
const STARTED = ['main', 'type', 'engines', 'exports', 'imports', 'prisma']
const SCRIPTS = ['start', 'prestart', 'build', 'prebuild', 'migrate', 'seed', 'postinstall', 'prepare']

const pick = (value: unknown, keys: readonly string[]) =>
  keys.map((key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined))

const kindsOfPackage = ({ before, after }: FileChange): ChangeKind[] => {
  const [old, fresh] = [parse(before), parse(after)]
  const same = (keys: readonly string[]) => isDeepStrictEqual(pick(old, keys), pick(fresh, keys))
  const scripts = isDeepStrictEqual(pick(old.scripts, SCRIPTS), pick(fresh.scripts, SCRIPTS))
  return [
    ...(same(INSTALLED) ? [] : (['dependencies'] as const)),
    ...(same(STARTED) && scripts ? [] : (['configuration'] as const)),
  ]
}

const WORDS: Partial<Record<Role, { change: string; kinds: ChangeKind[] }>> = {
  manifest: { change: 'changed dependencies', kinds: ['dependencies'] },
  lockfile: { change: 'changed dependencies', kinds: ['dependencies'] },
  configuration: { change: 'changed configuration', kinds: ['configuration'] },
  specification: { change: 'changed specification', kinds: ['contract'] },
  statements: { change: 'changed statements', kinds: ['query'] },
}

/** A file of which the name alone says what it is about; null where nothing of it concerns a proof. */
export const changedSetting = (change: FileChange, role: Role): Change | null => {
  const word = WORDS[role]
  if (word === undefined) return null
  const isPackage = /(?:^|\/)package\.json$/.test(change.file)
  const kinds = isPackage ? kindsOfPackage(change) : word.kinds
  if (kinds.length === 0) return null
  const { file, added } = change
  return {
    change: kinds[0] === 'configuration' ? 'changed configuration' : word.change,
    what: file,
    place: added[0] === undefined ? null : { file, line: added[0] },
    kinds,
    operations: [],
    lines: [],
  }
}
