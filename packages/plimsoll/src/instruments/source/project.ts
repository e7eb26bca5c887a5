import type ts from 'typescript'
import type { Tree } from 'web-tree-sitter'
import type { Advisories } from './advisories.ts'

/** A file as it was: its text, the commit, and what that was called. */
export type Earlier = { text: string; commit: string; ref: string }

/**
 * Read-only view of a repository: every static reader goes through it, so each file is read and parsed once.
 * Paths are relative to the root, with forward slashes. Nothing of the target is executed.
 *
 * **Contract:** no method throws for a missing or broken file; they answer null and, where a file exists but
 * cannot be parsed, add a line to `problems`.
 */
export type Project = {
  /** absolute */
  readonly root: string
  /** every file that is not ignored (git's rules; node_modules, build output and vendored code left out), sorted */
  readonly files: readonly string[]
  readonly problems: { file: string; problem: string }[]
  exists(file: string): boolean
  /** text with the byte-order mark removed; null when it cannot be read, or is over 1 MB */
  text(file: string): string | null
  /**
   * text of a file that need not be among `files`: an installed package, an ignored `.env`, a large lockfile, a
   * folder above the root (`../package.json`); null when it is absent or over 32 MB. Kept by nobody.
   */
  peek(file: string): string | null
  /** JSON with comments and trailing commas allowed */
  json(file: string): unknown
  yaml(file: string): unknown[] | null
  toml(file: string): unknown
  /** JavaScript, TypeScript, JSX, TSX */
  script(file: string): ts.SourceFile | null
  /** any language that has a tree-sitter grammar under assets/grammars */
  tree(file: string, grammar: string): Tree | null
  /**
   * a file as it was where this branch left the default one (or at another commit, by any name of it), and what that
   * is called; null outside of a git repository, or where it was not there
   */
  before(file: string, ref?: string): Promise<Earlier | null>
  /** a local advisory database, which may lie outside of the root; null where there is none */
  advisories?(): Advisories | null
  /** files below a folder (default the root) whose name ends so */
  under(dir: string, ...endings: string[]): string[]
}
