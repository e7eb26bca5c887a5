import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Language, Parser, type Tree } from 'web-tree-sitter'

/** File endings that a grammar is loaded for; a grammar is `assets/grammars/<name>.wasm`. */
const GRAMMARS: Readonly<Record<string, readonly string[]>> = {
  python: ['.py', '.pyi'],
  go: ['.go'],
  java: ['.java'],
  csharp: ['.cs'],
  hcl: ['.tf', '.hcl'],
}

export type Grammars = ReadonlyMap<string, (text: string) => Tree | null>

const assetOf = (name: string) =>
  fileURLToPath(new URL(`../../../assets/grammars/${name}.wasm`, import.meta.url))

/** Once for the process: two projects that are opened at the same time must not start the parser twice. */
let started: Promise<void> | null = null
const languages = new Map<string, Promise<Language>>()

const languageOf = async (name: string): Promise<Language> => {
  started ??= Parser.init()
  await started
  const known = languages.get(name) ?? Language.load(assetOf(name))
  languages.set(name, known)
  return known
}

/** Loads the grammars that these files need, so that parsing later is synchronous. A grammar we do not ship is left out. */
export const loadGrammars = async (files: Iterable<string>): Promise<Grammars> => {
  const endings = new Set<string>()
  for (const file of files) endings.add(file.slice(file.lastIndexOf('.')))
  const wanted = Object.keys(GRAMMARS).filter(
    (name) => GRAMMARS[name]?.some((ending) => endings.has(ending)) && existsSync(assetOf(name)),
  )
  const loaded = new Map<string, (text: string) => Tree | null>()
  for (const name of wanted) {
    const language = await languageOf(name)
    const parser = new Parser()
    parser.setLanguage(language)
    loaded.set(name, (text) => parser.parse(text))
  }
  return loaded
}
