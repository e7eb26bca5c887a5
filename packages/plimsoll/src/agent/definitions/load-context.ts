import { join } from 'node:path'
import { hosts } from '../../hosts/catalogue.generated.ts'
import { findFiles, readText } from './find-files.ts'

export type ContextText = {
  text: string
  /** relative to the workspace */
  file: string
  /** it was longer than a text may be, and ends early */
  isCut: boolean
}

const MOST_EACH = 16_000
const MOST_TOGETHER = 48_000

const SKILL = /(^|\/)SKILL\.md$/

/** Of a skill only its head: what it is for, and where the rest can be read. */
const headOfSkill = (text: string, file: string): string => {
  const head = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? text.slice(0, 400)
  return `${head.trim()}\nThe whole of it: ${file}`
}

/**
 * What a repository tells every agent: AGENTS.md, CLAUDE.md, GEMINI.md, rules and the heads of skills, in that order.
 * A text that stands in two files is given once; all together are at most 48,000 characters.
 */
export const loadContext = async (root: string): Promise<ContextText[]> => {
  const globs = [...new Set(['AGENTS.md', ...hosts.flatMap(({ contextFiles }) => contextFiles)])]
  const listed = await Promise.all(globs.map((glob) => findFiles(root, glob)))
  const files = [...new Set(listed.flat())].sort(
    (left, right) => Number(SKILL.test(left)) - Number(SKILL.test(right)),
  )
  const found: ContextText[] = []
  let room = MOST_TOGETHER
  for (const file of files) {
    const read = await readText(join(root, file), root)
    if ('problem' in read) continue
    const whole = read.text
      .replace(/^\uFEFF/, '')
      .replaceAll('\r\n', '\n')
      .trim()
    const said = SKILL.test(file) ? headOfSkill(whole, file) : whole
    const text = said.slice(0, Math.min(MOST_EACH, room))
    if (text === '' || found.some((other) => other.text === text)) continue
    found.push({ text, file, isCut: text.length < said.length })
    room -= text.length
  }
  return found
}
