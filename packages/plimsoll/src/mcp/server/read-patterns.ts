import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readFrontMatter } from '../../hosts/front-matter.ts'
import type { Pattern } from './surface.ts'

const Text = z.string().catch('')

const titleOf = (body: string) => /^#\s+(.+)$/m.exec(body)?.[1]

/** Patterns of a library: `<dir>/<id>/SKILL.md`, by id; none where there is no such folder. */
export const readPatterns = (dir: string): Pattern[] =>
  (existsSync(dir) ? readdirSync(dir) : [])
    .filter((id) => existsSync(join(dir, id, 'SKILL.md')))
    .sort()
    .map((id) => {
      const text = readFileSync(join(dir, id, 'SKILL.md'), 'utf8')
      const { values, body } = readFrontMatter(text)
      const title = titleOf(body) ?? (Text.parse(values.name) || id)
      return { id, title, description: Text.parse(values.description), text }
    })
