import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as toml from 'smol-toml'
import ts from 'typescript'
import type { Tree } from 'web-tree-sitter'
import { parseAllDocuments } from 'yaml'
import { fault } from '../../base/errors/fault.ts'
import { openAdvisories } from './advisories.ts'
import { listFiles } from './list-files.ts'
import { loadGrammars } from './load-grammars.ts'
import { isScript, parseScript } from './parse-script.ts'
import type { Project } from './project.ts'
import { readEarlier } from './read-earlier.ts'
import { digestOf, noteDigest, type Trace, traces } from './trace.ts'

const LARGEST_BYTES = 1 << 20
const LARGEST_PEEK_BYTES = 32 << 20
/** Texts are kept while they are likely to be asked for again; trees hold their own. */
const KEPT_CHARACTERS = 32 << 20

export type OpenOptions = {
  /** leave out files for which this answers false, before anything is read */
  keep?: (file: string) => boolean
}

/**
 * Opens a folder for reading. Files are read and parsed when first asked for.
 * @throws E_NOT_A_FOLDER
 */
export const openProject = async (root: string, options: OpenOptions = {}): Promise<Project> => {
  const absolute = resolve(root)
  if (!statSync(absolute, { throwIfNoEntry: false })?.isDirectory())
    throw fault('E_NOT_A_FOLDER', { dir: root })
  const stamps = listFiles(absolute)
  const files = [...stamps.keys()].filter((file) => options.keep?.(file) ?? true)
  const grammars = await loadGrammars(files)
  const known = new Set(files)
  const trace: Trace = { stamps, digests: new Map(), peeked: new Map() }
  const problems: Project['problems'] = []
  const seen = new Set<string>()
  const complain = (file: string, problem: string) => {
    if (!seen.has(file)) problems.push({ file, problem })
    seen.add(file)
  }

  const read = (file: string): string | null => {
    const stamp = stamps.get(file)
    if (stamp === undefined || !known.has(file)) return null
    if (stamp.size > LARGEST_BYTES) {
      complain(file, 'is over 1 MB')
      return null
    }
    try {
      const text = readFileSync(join(absolute, file), 'utf8')
      noteDigest(trace, file, digestOf(text))
      if (text.includes('\0')) return null
      return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
    } catch {
      complain(file, 'cannot be read')
      return null
    }
  }
  const text = rememberTexts(read)

  const parsed = <T>(parse: (text: string, file: string) => T) =>
    remember((file: string): T | null => {
      const content = text(file)
      if (content === null) return null
      try {
        return parse(content, file)
      } catch (thrown) {
        complain(file, thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown))
        return null
      }
    })

  const trees = new Map<string, Tree | null>()
  const project: Project = {
    root: absolute,
    files,
    problems,
    exists: (file) => known.has(file),
    text,
    peek: (file) => {
      const text = peek(join(absolute, file))
      trace.peeked.set(file, text === null ? null : digestOf(text))
      return text
    },
    json: parsed((content, file) => {
      const { config, error } = ts.parseConfigFileTextToJson(file, content)
      if (error !== undefined) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, ' '))
      return config as unknown
    }),
    yaml: parsed((content) =>
      parseAllDocuments(content).map((document): unknown => {
        if (document.errors[0] !== undefined) throw document.errors[0]
        return document.toJS({ maxAliasCount: 1000 })
      }),
    ),
    toml: parsed((content): unknown => toml.parse(content)),
    script: parsed((content, file) => {
      if (!isScript(file)) return null
      const { source, problem } = parseScript(file, content)
      if (problem !== null) complain(file, problem)
      return source
    }),
    tree: (file, grammar) => {
      const key = `${grammar}:${file}`
      const before = trees.get(key)
      if (before !== undefined) return before
      const content = text(file)
      const parse = grammars.get(grammar)
      const tree = content === null || parse === undefined ? null : parse(content)
      if (content !== null && parse === undefined) complain(file, `there is no ${grammar} grammar`)
      trees.set(key, tree)
      return tree
    },
    before: (file, ref) => readEarlier(absolute, file, ref),
    advisories: () => openAdvisories(absolute),
    under: (dir, ...endings) =>
      files.filter(
        (file) =>
          (dir === '' || dir === '.' || file.startsWith(`${dir}/`)) &&
          (endings.length === 0 || endings.some((ending) => file.endsWith(ending))),
      ),
  }
  traces.set(project, trace)
  return project
}

const peek = (path: string): string | null => {
  try {
    const stat = statSync(path, { throwIfNoEntry: false })
    return stat?.isFile() && stat.size <= LARGEST_PEEK_BYTES ? readFileSync(path, 'utf8') : null
  } catch {
    return null
  }
}

const remember = <T>(make: (file: string) => T) => {
  const made = new Map<string, T>()
  return (file: string): T => {
    const before = made.get(file)
    if (before !== undefined || made.has(file)) return before as T
    const value = make(file)
    made.set(file, value)
    return value
  }
}

const rememberTexts = (read: (file: string) => string | null) => {
  const kept = new Map<string, string | null>()
  let characters = 0
  return (file: string): string | null => {
    const before = kept.get(file)
    if (before !== undefined) return before
    const text = read(file)
    kept.set(file, text)
    characters += text?.length ?? 0
    for (const [oldest, value] of kept) {
      if (characters <= KEPT_CHARACTERS || oldest === file) break
      kept.delete(oldest)
      characters -= value?.length ?? 0
    }
    return text
  }
}
