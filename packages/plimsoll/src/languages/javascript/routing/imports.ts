/** One import of a file, as its text has it; `type` ones vanish when the code runs. */
export type WrittenImport = { specifier: string; isType: boolean }

const FROM = /\bfrom\s*['"]([^'"\n]+)['"]/g
const LOADED = /\b(?:require|import)\s*\(?\s*['"`]([^'"`\n]+)['"`]/g
const OPENING = /\b(?:import|export)\b/g
const LONGEST_CLAUSE = 4000

const isTypeOnly = (text: string, end: number): boolean => {
  const before = text.slice(Math.max(0, end - LONGEST_CLAUSE), end)
  const start = [...before.matchAll(OPENING)].at(-1)?.index ?? 0
  return /^(?:import|export)\s+type\b/.test(before.slice(start, start + 20))
}

/** A quick look at a text for what it imports; only to decide whether the file is worth parsing. */
export const importsIn = (text: string): WrittenImport[] => [
  ...[...text.matchAll(FROM)].map(({ 1: specifier = '', index }) => ({
    specifier,
    isType: isTypeOnly(text, index),
  })),
  ...[...text.matchAll(LOADED)].map(({ 1: specifier = '' }) => ({ specifier, isType: false })),
]
