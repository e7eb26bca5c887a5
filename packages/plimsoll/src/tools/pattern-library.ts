import { z } from 'zod'
import { readFrontMatter } from '../hosts/front-matter.ts'
import { listAssets, readAsset } from '../instruments/assets/read-asset.ts'

/** A part of a pattern: `names` are what a code part is for (`fastify`, `pg`, `sql`), empty for prose. */
export type PatternPart = { heading: string; names: readonly string[]; text: string }

export type Pattern = {
  id: string
  title: string
  description: string
  tags: readonly string[]
  /** ids of the experiments and inspections that show whether it works */
  proves: readonly string[]
  /** When, How, Pitfalls, Proof */
  sections: readonly PatternPart[]
  /** what stands below Code, by what it is for */
  code: readonly PatternPart[]
  /** without the head and the title */
  body: string
}

const Head = z.object({
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  proves: z.array(z.string()),
})

/** Takes a text apart at headings of one level; fences may hold lines that look like headings. */
const partsAt = (mark: string, text: string): PatternPart[] => {
  const parts: { heading: string; lines: string[] }[] = []
  let isFenced = false
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) isFenced = !isFenced
    if (!isFenced && line.startsWith(`${mark} `))
      parts.push({ heading: line.slice(mark.length).trim(), lines: [] })
    else parts.at(-1)?.lines.push(line)
  }
  return parts.map(({ heading, lines }) => ({ heading, names: [], text: lines.join('\n').trim() }))
}

const codeIn = (sections: readonly PatternPart[]) =>
  partsAt('###', sections.find(({ heading }) => heading === 'Code')?.text ?? '').map((part) => ({
    ...part,
    names: part.heading.split(/,\s*/),
  }))

/**
 * Reads one pattern.
 * @throws ZodError where its head lacks something
 */
const readPattern = (id: string, text: string): Pattern => {
  const { values, body } = readFrontMatter(text)
  const { description, tags, proves } = Head.parse(values)
  const [title = { heading: id, names: [], text: '' }] = partsAt('#', body)
  const sections = partsAt('##', title.text)
  return {
    ...{ id, title: title.heading, description, tags, proves, body: title.text },
    sections: sections.filter(({ heading }) => heading !== 'Code'),
    code: codeIn(sections),
  }
}

let library: readonly Pattern[] | null = null

/** The built-in pattern library, by id; read once. */
export const patternLibrary = (): readonly Pattern[] => {
  library ??= listAssets('patterns').map((id) => readPattern(id, readAsset(`patterns/${id}/SKILL.md`)))
  return library
}
