import type { Service } from '../../../../model/system.ts'
import type { Context } from '../context.ts'
import { inDir, upwards } from '../paths.ts'

/** The Node version the project asks for: engines, volta, .nvmrc, .node-version, nearest folder first. */
export const runtimeOf = ({ project, module, manifest }: Context): Service['runtime'] => {
  const bun = manifest.engines.bun
  if (bun !== undefined && manifest.engines.node === undefined) return { name: 'bun', wanted: bun }
  const files = upwards(module.dir).flatMap((dir) => [inDir(dir, '.nvmrc'), inDir(dir, '.node-version')])
  const pinned = files.map((file) => project.text(file)?.trim()).find((text) => text)
  return {
    name: 'node',
    wanted: manifest.engines.node ?? manifest.volta.node ?? pinned?.replace(/^v(?=\d)/, '') ?? null,
  }
}
