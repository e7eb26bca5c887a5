import { isName, isOff, type Name } from './declared.ts'

const isList = (value: unknown): value is unknown[] => Array.isArray(value)
const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !isList(value)

/** Every text of a document, the words of one list as one line: arguments are written either way. */
const linesOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (isList(value)) {
    const words = value.filter((one) => typeof one === 'string' || typeof one === 'number')
    return [words.join(' '), ...value.filter((one) => typeof one === 'object').flatMap(linesOf)]
  }
  return isRecord(value) ? Object.values(value).flatMap(linesOf) : []
}

const ARGUMENT = /(?:^|\s)(?:-c\s*|--)([a-z_-]+)=(\S+)/gi

/** `-c fsync=off` and `--fsync=off`, wherever a command, its arguments or an option string stands. */
export const readYaml = (documents: readonly unknown[]): Name[] => {
  const off = documents.flatMap(linesOf).flatMap((line) =>
    [...line.matchAll(ARGUMENT)].flatMap(({ 1: setting = '', 2: value = '' }): Name[] => {
      const name = setting.replaceAll('-', '_').toLowerCase()
      return isName(name) && isOff(value) ? [name] : []
    }),
  )
  return [...new Set(off)]
}

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Pod', 'Job'])

/** A manifest is written to be deployed. */
export const isManifest = (documents: readonly unknown[]): boolean =>
  documents.some((one) => isRecord(one) && typeof one.kind === 'string' && WORKLOADS.has(one.kind))
