import type { EnvRead } from '../../../../model/system.ts'

/** Of Node, the shell and the package manager, not of the app. */
const NOT_ITS_OWN =
  /^(npm_.*|PATH|HOME|PWD|USER|SHELL|TERM|TZ|LANG|LC_ALL|CI|FORCE_COLOR|NO_COLOR|VITEST|JEST_WORKER_ID)$/

/** One row a variable: the first place, the first default, required when any reader says so and none has a default. */
export const mergeEnv = (reads: readonly EnvRead[]): EnvRead[] => {
  const merged = new Map<string, EnvRead>()
  for (const read of reads) {
    if (NOT_ITS_OWN.test(read.name)) continue
    const before = merged.get(read.name)
    if (before === undefined) {
      merged.set(read.name, { ...read })
      continue
    }
    before.default ??= read.default
    before.place ??= read.place
    if (read.required === true) before.required = true
  }
  const rows = [...merged.values()].map(({ required, ...read }) =>
    required === true && read.default === null ? { ...read, required } : read,
  )
  return rows.sort((a, b) => (a.name < b.name ? -1 : 1))
}
