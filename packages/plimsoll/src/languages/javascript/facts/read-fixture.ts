import { openProject } from '../../../instruments/source/open-project.ts'
import { writeFixture } from '../../../instruments/source/write-fixture.ts'
import type { Module, ModuleFacts } from '../../define.ts'
import javascript from '../index.ts'

/** For tests: the facts of every module of a small repository, by folder. */
export const readFixture = async (
  files: Readonly<Record<string, string | object>>,
): Promise<{ of(dir: string): ModuleFacts; modules: Module[] }> => {
  const fixture = writeFixture(files)
  try {
    const project = await openProject(fixture.dir)
    const modules = javascript.modules(project)
    const facts = new Map(
      modules.map((module) => {
        const own = project
          .under(module.dir, ...javascript.extensions)
          .filter(
            (file) =>
              !modules.some(
                (other) => other.dir !== '.' && other.dir !== module.dir && file.startsWith(`${other.dir}/`),
              ),
          )
        return [module.dir, javascript.facts(project, module, own)] as const
      }),
    )
    return {
      modules,
      of: (dir) => {
        const found = facts.get(dir)
        if (found === undefined) throw new Error(`no module in ${dir}: ${[...facts.keys()].join(', ')}`)
        return found
      },
    }
  } finally {
    fixture.remove()
  }
}
