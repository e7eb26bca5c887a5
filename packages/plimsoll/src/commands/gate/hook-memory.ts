import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '../../instruments/files/write.ts'

/** How often one session is held back: then the person has to look. */
const MOST_HELD = 5

const Memory = z.object({ session: z.string(), tree: z.string(), held: z.number().int() })

const fileOf = (root: string) => join(root, '.plimsoll', 'gate.json')

const read = (root: string) => {
  try {
    const parsed = Memory.safeParse(JSON.parse(readFileSync(fileOf(root), 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/**
 * Why an agent is let go although its work is not proven; null where it is to be held back. An agent that was held
 * back and changed nothing will change nothing the next time either.
 */
export const reasonToLetGo = (root: string, asked: { session: string; again: boolean; tree: string }) => {
  const before = read(root)
  if (before === null || before.session !== asked.session) return null
  if (asked.again && before.tree === asked.tree) return 'it was told so, and changed nothing'
  return before.held >= MOST_HELD && asked.again ? `it was held back ${MOST_HELD} times` : null
}

/** Keeps that a session was held back at this tree. What cannot be kept is asked for again. */
export const rememberHeld = async (root: string, { session, tree }: { session: string; tree: string }) => {
  const before = read(root)
  const held = before?.session === session ? before.held + 1 : 1
  const text = `${JSON.stringify({ session, tree, held })}\n`
  await writeWhole(fileOf(root), text).catch(() => undefined)
  // Nothing of ours is to show up as a change of the person's.
  await writeFile(join(root, '.plimsoll', '.gitignore'), '*\n', { flag: 'wx' }).catch(() => undefined)
}
