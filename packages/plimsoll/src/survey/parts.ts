import type { Project } from '../instruments/source/project.ts'
import type { Language, Module, ModuleFacts } from '../languages/define.ts'
import type { Families } from './families.ts'
import { type FrameworkUse, readFrameworks } from './frameworks.ts'
import { readEnvFiles } from './infra/env-file.ts'
import type { Hint } from './infra/hint.ts'

/** One module with everything its language and its frameworks say of it. */
export type Part = {
  language: Language
  module: Module
  files: readonly string[]
  facts: ModuleFacts
  uses: FrameworkUse[]
}

const isBelow = (file: string, dir: string) => dir === '.' || file.startsWith(`${dir}/`)

/** Files of the module's language that no module inside it claims. */
const ownFiles = (project: Project, language: Language, module: Module, all: readonly Module[]) => {
  const inside = all.filter((other) => other.dir !== module.dir && isBelow(`${other.dir}/`, module.dir))
  return project.files.filter(
    (file) =>
      isBelow(file, module.dir) &&
      language.extensions.some((ending) => file.endsWith(ending)) &&
      !inside.some((other) => isBelow(file, other.dir)),
  )
}

/** What the env files at or above a module, or else its code, make each variable. */
const examplesFor = (module: Module, facts: ModuleFacts, hints: readonly Hint[]): Map<string, string> => {
  const defaults = facts.env.flatMap((one) =>
    one.default === null ? [] : [[one.name, one.default] as const],
  )
  const given = hints
    .filter(({ dir }) => dir !== null && isBelow(`${module.dir}/`, dir))
    .flatMap(({ env }) => env.map(({ name, value }) => [name, value] as const))
  return new Map([...defaults, ...given.toReversed()])
}

export const readParts = (project: Project, families: Families): Part[] =>
  families.languages.flatMap((language) => {
    const modules = language.modules(project)
    const hints = readEnvFiles(
      project,
      modules.map(({ dir }) => dir),
    )
    return modules.map((found) => {
      const files = ownFiles(project, language, found, modules)
      const facts = language.facts(project, found, files)
      const module = { ...found, examples: examplesFor(found, facts, hints) }
      const uses = readFrameworks(project, module, files, frameworksOf(families, language))
      return { language, module, files, facts, uses }
    })
  })

const frameworksOf = (families: Families, language: Language) =>
  families.frameworks.filter((framework) => framework.language === language.id)
