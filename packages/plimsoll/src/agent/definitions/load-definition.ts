import { readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { hosts } from '../../hosts/catalogue.generated.ts'
import type { Host, Raw } from '../../hosts/define.ts'
import { isInside, readText } from './find-files.ts'
import { type ReadDefinition, readDefinition } from './read-definition.ts'

/** Reads a file that a definition points to, if it lies inside the folder that is searched. */
const reader = (root: string, file: string) => (path: string) => {
  try {
    const target = realpathSync(resolve(root, dirname(file), path))
    return isInside(realpathSync(root), target) ? readFileSync(target, 'utf8') : null
  } catch {
    return null
  }
}

const dialectOf = (raw: Raw): Host | undefined =>
  hosts
    .map((host) => ({ host, share: host.recognises(raw) }))
    .sort((left, right) => right.share - left.share)[0]?.host

/**
 * One file of an unknown dialect: by where it lies, then by what only one host writes.
 * @param file absolute, or relative to `root`
 */
export const loadDefinition = async (file: string, root: string, host?: Host): Promise<ReadDefinition> => {
  const path = resolve(root, file)
  const shown = isInside(root, path) ? relative(root, path).replaceAll('\\', '/') : file
  // A file that was named by a person may lie anywhere; one that was found may not lead elsewhere.
  const found = await readText(path, host === undefined ? null : root)
  if ('problem' in found)
    return { definition: null, problems: [{ level: 'error', file: shown, line: null, ...found }] }
  const folder = isInside(root, path) ? root : dirname(path)
  const inFolder = isInside(root, path) ? shown : basename(path)
  const raw = { file: shown, text: found.text, beside: reader(folder, inFolder) }
  const dialect = host ?? dialectOf({ ...raw, file: join(path).replaceAll('\\', '/') })
  if (dialect === undefined) return { definition: null, problems: [] }
  return readDefinition(dialect, raw)
}
