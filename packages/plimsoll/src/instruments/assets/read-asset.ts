import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fault } from '../../base/errors/fault.ts'

/** The package's own folder: the nearest one above this file that has a manifest, from src as from dist. */
const packageDir = (): string => {
  let dir = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(dir, 'package.json')) && dirname(dir) !== dir) dir = dirname(dir)
  return dir
}

/** Path of a file that ships with the package: `report.html` is `<package>/assets/report.html`. */
export const assetPath = (name: string): string => join(packageDir(), 'assets', name)

/**
 * Text of a file that ships with the package.
 * @throws E_BUG where the build did not make it
 */
export const readAsset = (name: string): string => {
  try {
    return readFileSync(assetPath(name), 'utf8')
  } catch (cause) {
    throw fault('E_BUG', { message: `assets/${name} is missing from the package` }, { cause })
  }
}

/** Names of what lies in a folder of the package's assets, in order. */
export const listAssets = (dir: string): readonly string[] => readdirSync(assetPath(dir)).sort()
