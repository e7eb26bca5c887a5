import { posix } from 'node:path'
import type { Project } from '../../../instruments/source/project.ts'

const SCRIPT = /\.[cm]?[jt]sx?$/
const DECLARATIONS = /\.d\.[cm]?ts$/
const TESTS =
  /(?:^|\/)(?:__tests__|__mocks__|tests?|spec|specs|e2e|cypress|fixtures)\/|\.(?:test|spec|e2e|bench|stories)\.[cm]?[jt]sx?$|(?:^|\/)(?:jest|vitest|playwright|cypress|webpack|vite|rollup)\.[^/]*$/
const VERBS = /\.\s*(?:use|all|route|get|post|put|delete|del|patch|register)\b/
const ROUNDS = 4

/** A file that only a test run reads: what it registers is no part of the served surface. */
export const isTest = (file: string) => TESTS.test(file)

const mentions = (text: string, names: readonly string[]) =>
  names.some(
    (name) => text.includes(`'${name}'`) || text.includes(`"${name}"`) || text.includes(`\`${name}\``),
  )

/** How another file may end an import specifier that means this file. */
const endingsOf = (file: string): string[] => {
  const bare = file.replace(SCRIPT, '')
  const name = posix.basename(bare)
  return name === 'index' ? [posix.basename(posix.dirname(bare)), 'index'] : [name]
}

/**
 * The files worth following: those that name one of the packages, then those that may import one of them and call
 * a method that registers something. A cheap test on the text that only saves parsing; what a file really does is
 * decided by following it.
 */
export const relevantFiles = (
  project: Project,
  files: readonly string[],
  packages: readonly string[],
): { direct: string[]; around: string[] } => {
  const candidates = files.filter((file) => SCRIPT.test(file) && !DECLARATIONS.test(file) && !isTest(file))
  const direct: string[] = []
  const others: { file: string; text: string }[] = []
  for (const file of candidates) {
    const text = project.text(file)
    if (text === null) continue
    if (mentions(text, packages)) direct.push(file)
    else if (VERBS.test(text)) others.push({ file, text })
  }
  const around: string[] = []
  let frontier = direct
  for (let round = 0; round < ROUNDS && frontier.length > 0; round += 1) {
    const wanted = new RegExp(
      `[/'"\`](?:${[...new Set(frontier.flatMap(endingsOf))].map(quote).join('|')})(?:\\.[cm]?[jt]sx?)?['"\`]`,
    )
    const taken = new Set(around)
    frontier = others
      .filter(({ file, text }) => !taken.has(file) && wanted.test(text))
      .map(({ file }) => file)
    around.push(...frontier)
  }
  return { direct, around }
}

const quote = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
