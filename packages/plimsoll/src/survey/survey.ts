import { basename } from 'node:path'
import type { Project } from '../instruments/source/project.ts'
import { System } from '../model/system.ts'
import { readContracts } from './contracts/contracts.ts'
import type { Families } from './families.ts'
import { readInfra } from './infra/infra.ts'
import { readParts } from './parts.ts'
import { servicesOf } from './services.ts'

/** State of the repository that no file tells. */
export type Revision = { commit: string | null; dirty: boolean }

const NO_REVISION: Revision = { commit: null, dirty: false }

/** Reads a project into a System. Nothing of it is executed; what could not be read is among the problems. */
export const survey = (project: Project, families: Families, revision = NO_REVISION): System => {
  const parts = readParts(project, families)
  const infra = readInfra(
    project,
    parts.map((part) => part.module.dir),
  )
  return System.parse({
    name: basename(project.root),
    ...revision,
    services: servicesOf(parts, infra.hints, families.stores),
    infra: infra.files,
    contracts: readContracts(project),
    workspaces: parts.map((part) => part.module.dir),
    files: {
      read: project.files.length,
      bytes: parts.reduce(
        (sum, part) => sum + part.files.reduce((all, file) => all + (project.text(file)?.length ?? 0), 0),
        0,
      ),
    },
    problems: project.problems,
  })
}
