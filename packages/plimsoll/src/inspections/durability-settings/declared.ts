import { z } from 'zod'
import { SourcePlace } from '../../model/evidence.ts'

/** The settings of PostgreSQL that decide what is left of a commit after a crash or a power cut. */
export const NAMES = ['fsync', 'full_page_writes', 'synchronous_commit'] as const

/** One of them, turned off in a file. */
export const Declared = z.object({
  name: z.enum(NAMES),
  place: SourcePlace,
  excerpt: z.string(),
  /** the file says of itself that it is for production, or nothing but production reads its kind */
  production: z.boolean(),
})
export type Declared = z.infer<typeof Declared>

export type Name = (typeof NAMES)[number]

const OFF = /^(?:off|of|false|fals|fal|fa|f|no|n|0)$/i

export const isName = (text: string): text is Name => NAMES.some((name) => name === text)

/** As PostgreSQL reads a boolean, quotes removed. */
export const isOff = (value: string): boolean => OFF.test(value.trim().replace(/^(['"])(.*)\1$/, '$2'))

const EXCERPT_CHARACTERS = 160

/** The first line, from that one on, which names the setting. */
export const placeIn = (
  file: string,
  text: string,
  name: string,
  fromLine = 1,
): Pick<Declared, 'place' | 'excerpt'> => {
  const lines = text.split('\n')
  const named = (line: string) => new RegExp(`\\b${name}\\b`, 'i').test(line) && !/^\s*(?:#|--)/.test(line)
  const at = lines.findIndex((line, index) => index >= fromLine - 1 && named(line))
  const line = at < 0 ? fromLine : at + 1
  return { place: { file, line }, excerpt: (lines[line - 1] ?? '').trim().slice(0, EXCERPT_CHARACTERS) }
}
