import type { Project } from '../instruments/source/project.ts'
import type { Language, Module, ModuleFacts } from '../languages/define.ts'
import type { Families } from './families.ts'
import { type FrameworkUse, readFrameworks } from './frameworks.ts'

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

export const readParts = (project: Project, families: Families): Part[] =>
  families.languages.flatMap((language) => {
    const modules = language.modules(project)
    return modules.map((module) => {
      const files = ownFiles(project, language, module, modules)
      const facts = language.facts(project, module, files)
      const uses = readFrameworks(project, module, files, frameworksOf(families, language))
      return { language, module, files, facts, uses }
    })
  })

const frameworksOf = (families: Families, language: Language) =>
  families.frameworks.filter((framework) => framework.language === language.id)
