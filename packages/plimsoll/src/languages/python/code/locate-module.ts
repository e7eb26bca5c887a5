import type { Project } from '../../../instruments/source/project.ts'

const parentOf = (path: string) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '')
const join = (...parts: string[]) => parts.filter((part) => part !== '' && part !== '.').join('/')

/** A module that belongs to the project: its file, or the folder of a package without `__init__.py`. */
export type Located = { file: string } | { folder: string }

export type Locate = (module: string, from: string) => Located | null

/**
 * Finds the file behind a dotted name, as the import system would with the module's folder, its `src`, and the
 * importing file's folder on the path. Relative names (`..models`) start at the importing file.
 */
export const createLocate = (project: Project, dir: string, files: readonly string[]): Locate => {
  const known = new Set(files)
  const folders = new Set<string>()
  for (const file of files)
    for (let folder = parentOf(file); folder !== '' && !folders.has(folder); folder = parentOf(folder))
      folders.add(folder)
  const has = (file: string) => known.has(file) || project.exists(file)

  const at = (base: string): Located | null => {
    if (has(`${base}.py`)) return { file: `${base}.py` }
    if (has(join(base, '__init__.py'))) return { file: join(base, '__init__.py') }
    return base !== '' && folders.has(base) ? { folder: base } : null
  }
  const absolute = (module: string, from: string): Located | null => {
    const path = module.replaceAll('.', '/')
    const roots = [parentOf(from)]
    for (const root of [dir === '.' ? '' : dir, join(dir, 'src'), ...ancestors(parentOf(from), dir)])
      if (!roots.includes(root)) roots.push(root)
    const found = roots.map((root) => at(join(root, path))).filter((one) => one !== null)
    return found.find((one) => 'file' in one) ?? found[0] ?? null
  }
  const relative = (module: string, from: string): Located | null => {
    const dots = /^\.+/.exec(module)?.[0].length ?? 1
    let base = parentOf(from)
    for (let level = 1; level < dots; level += 1) base = parentOf(base)
    const rest = module.slice(dots).replaceAll('.', '/')
    return rest === '' ? (at(base) ?? { folder: base }) : at(join(base, rest))
  }
  return (module, from) => (module.startsWith('.') ? relative(module, from) : absolute(module, from))
}

const ancestors = (folder: string, dir: string): string[] => {
  const found: string[] = []
  for (let up = parentOf(folder); up !== '' && (dir === '.' || up.startsWith(dir)); up = parentOf(up))
    found.push(up)
  return found
}
