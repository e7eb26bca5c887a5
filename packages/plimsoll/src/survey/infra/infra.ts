import type { Project } from '../../instruments/source/project.ts'
import type { InfraFile } from '../../model/system.ts'
import { readCompose } from './compose.ts'
import { readDockerfiles } from './dockerfile.ts'
import { readEnvFiles } from './env-file.ts'
import type { Hint } from './hint.ts'
import { readKubernetes } from './kubernetes.ts'
import { readPresence } from './presence.ts'
import { readProcfiles } from './procfile.ts'

/** Everything around the code that says how it is deployed, and what that tells about each service. */
export const readInfra = (
  project: Project,
  dirs: readonly string[],
): { files: InfraFile[]; hints: Hint[] } => {
  const env = readEnvFiles(project, dirs)
  const read = [readProcfiles, readDockerfiles, readCompose, readKubernetes].map((one) => one(project))
  const envFiles = env.map((hint): InfraFile => {
    const count = hint.env.length
    return { kind: 'env', file: hint.file, detail: `${count} ${count === 1 ? 'variable' : 'variables'}` }
  })
  return {
    files: [...read.flatMap((one) => one.files), ...envFiles, ...readPresence(project)],
    hints: [...env, ...read.flatMap((one) => one.hints)],
  }
}
