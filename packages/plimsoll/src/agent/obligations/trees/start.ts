import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Families } from '../../../engine/prove/families.ts'
import { writeWhole } from '../../../instruments/files/write.ts'
import { exportCommit, findRepository, resolveCommit } from '../../../instruments/source/export-commit.ts'
import { git } from '../../../instruments/source/git.ts'
import { System } from '../../../model/system.ts'
import { takeGates } from '../gates/gate-files.ts'
import type { GateFile } from '../obligation.ts'
import type { Guards } from './take-guards.ts'
import { type Tree, takeTree } from './tree.ts'

/** What the work is held against: the tree before it, with the files that judge it. Plain data, so that it outlives us. */
export type Start = {
  hash: string
  hashes: ReadonlyMap<string, string>
  system: System
  /** of files that are read to tell what changed; secrets, large and binary files are left out */
  texts: ReadonlyMap<string, string>
  gates: readonly GateFile[]
  /** null where the start is a commit: it does not tell what lay beside it */
  guards: Guards | null
}

const MOST_CHARACTERS = 256 << 10
const SECRET = /(?:^|\/)\.env(?!\.(?:example|sample|template)$)|\.(?:pem|key|p12|pfx)$/

const textsOf = ({ project }: Tree): ReadonlyMap<string, string> =>
  new Map(
    project.files.flatMap((file): [string, string][] => {
      const text = SECRET.test(file) ? null : project.text(file)
      return text === null || text.length > MOST_CHARACTERS ? [] : [[file, text]]
    }),
  )

const startOf = (tree: Tree): Start => {
  const { hash, hashes, system, guards } = tree
  return { hash, hashes, system, guards, texts: textsOf(tree), gates: takeGates(tree) }
}

/** The folder as it is before the work begins. */
export const takeStart = async (root: string, families: Families): Promise<Start> =>
  startOf(await takeTree(root, families))

/**
 * The folder as it was at a commit, read from a copy below the system's temporary folder that is gone afterwards.
 * @param ref any name of a commit
 * @returns null where there is no repository, or no such commit
 */
export const takeStartAt = async (root: string, ref: string, families: Families): Promise<Start | null> => {
  const repository = await findRepository(root)
  const commit = repository === null ? null : await resolveCommit(root, ref)
  if (repository === null || commit === null) return null
  const home = await mkdtemp(join(tmpdir(), 'plimsoll-start-'))
  try {
    const to = join(home, 'tree')
    if (!(await exportCommit(repository.top, commit, to))) return null
    // With an index of its own, the copy lists what was tracked, whatever the rules say is ignored.
    await git(to, ['init', '--quiet'])
    await git(to, ['add', '--all', '--force', '.'], { timeoutMs: 60_000 })
    return { ...startOf(await takeTree(join(to, repository.below), families)), guards: null }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

const Saved = z.object({
  hash: z.string(),
  hashes: z.array(z.tuple([z.string(), z.string()])),
  system: System,
  texts: z.array(z.tuple([z.string(), z.string()])),
  guards: z
    .array(z.tuple([z.string(), z.string()]))
    .nullable()
    .default(null),
  gates: z.array(
    z.object({ file: z.string(), kind: z.enum(['test', 'spec', 'threshold', 'gate']), hash: z.string() }),
  ),
})

/** Keeps a start for a session that is resumed later. */
export const saveStart = async (start: Start, file: string): Promise<void> => {
  const saved: z.input<typeof Saved> = {
    ...start,
    hashes: [...start.hashes],
    texts: [...start.texts],
    gates: [...start.gates],
    guards: start.guards === null ? null : [...start.guards],
  }
  await writeWhole(file, JSON.stringify(saved))
}

/** A start that was kept; null where there is none that can be read. */
export const readStart = async (file: string): Promise<Start | null> => {
  try {
    const saved = Saved.parse(JSON.parse(await readFile(file, 'utf8')))
    const guards = saved.guards === null ? null : new Map(saved.guards)
    return { ...saved, guards, hashes: new Map(saved.hashes), texts: new Map(saved.texts) }
  } catch {
    return null
  }
}

/** Nothing at all: in a repository without a commit, everything is new. */
export const emptyStart = (): Start => ({
  ...{ hash: '', hashes: new Map(), texts: new Map(), gates: [], guards: null },
  system: System.parse({
    ...{ name: '', commit: null, dirty: false, services: [], infra: [], contracts: [], workspaces: [] },
    ...{ files: { read: 0, bytes: 0 }, problems: [] },
  }),
})
