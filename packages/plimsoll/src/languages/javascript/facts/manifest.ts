import { z } from 'zod'
import type { Project } from '../../../instruments/source/project.ts'

/** Keeps the string values of an object, whatever else a hand-written manifest holds. */
const Texts = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((all) =>
    Object.fromEntries(
      Object.entries(all).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
  )

const Text = z.string().optional().catch(undefined)
const List = z.array(z.string()).catch([])

/** What is read of a package.json; anything of the wrong shape counts as absent. */
export const Manifest = z.object({
  name: Text,
  version: Text,
  type: Text,
  main: Text,
  bin: z
    .union([z.string(), z.record(z.string(), z.string())])
    .optional()
    .catch(undefined),
  scripts: Texts,
  dependencies: Texts,
  devDependencies: Texts,
  optionalDependencies: Texts,
  peerDependencies: Texts,
  engines: Texts,
  volta: Texts,
  packageManager: Text,
  workspaces: z
    .union([List, z.object({ packages: List }).transform((object) => object.packages)])
    .optional()
    .catch(undefined),
  prisma: z.object({ schema: Text, seed: Text }).optional().catch(undefined),
})
export type Manifest = z.infer<typeof Manifest>

export const EMPTY_MANIFEST: Manifest = Manifest.parse({})

/** @returns null when the file is absent or not an object */
export const readManifest = (project: Project, file: string): Manifest | null => {
  const parsed = project.exists(file) ? Manifest.safeParse(project.json(file)) : null
  return parsed?.success ? parsed.data : null
}
