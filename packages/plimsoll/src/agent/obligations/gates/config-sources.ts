import { posix } from 'node:path'
import { CONFIG_FILES } from '../../../model/config-files.ts'
import type { Weakened } from '../obligation.ts'
import type { Start } from '../trees/start.ts'
import type { Judged } from './find-weakened.ts'

const SPECIFIER =
  /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*|\b(?:readFileSync|readFile)\s*\(\s*)['"`](\.{0,2}\/?[\w./-]+)['"`]/g
const ENDINGS = ['', '.ts', '.mts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js']

/** Files that a program names from where it stands, as far as they are there. */
const namedIn = (text: string, hashes: ReadonlyMap<string, string>): string[] =>
  [...text.matchAll(SPECIFIER)].flatMap(([, said = '']) => {
    const path = posix.normalize(said)
    const stem = path.replace(/\.[cm]?js$/, '')
    const names = [path, ...ENDINGS.map((ending) => stem + ending)]
    return names.find((name) => hashes.has(name)) ?? []
  })

/** What our configuration reads decides with it; what such a file says cannot be told from its text alone. */
export const changedConfigSources = ({ hashes, texts }: Start, now: Judged): Weakened[] =>
  CONFIG_FILES.flatMap((config) =>
    namedIn(texts.get(config) ?? '', hashes)
      .filter((file) => hashes.get(file) !== now.hashes.get(file))
      .map((file) => ({
        ...{ file, kind: 'threshold' as const, place: null },
        how: `${config} reads it to say what counts as proven, and it is not what it was`,
      })),
  )
