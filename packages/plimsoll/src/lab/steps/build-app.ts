import type { Config } from '../../model/config.ts'
import type { Order, Workshop } from './workshop.ts'

/** Programs that run the source as it is, compiling on the way. */
const RUNS_SOURCE =
  /\b(?:tsx|ts-node|ts-node-dev|vite-node|nodemon|bun|swc-node|esno|nest start|strapi develop)\b/
const RUNS_OUTPUT = /(?:^|[\s/"'])(?:dist|build|out|output|\.output|\.next|lib-dist)(?:[/\s"']|$)/

/** Builds that make what the source imports, also where nothing is compiled. */
const GENERATES = /\b(?:generate|codegen|nexus|tsp compile|buf)\b/

const textOfPlan = (workshop: Workshop, start: Order) => {
  const { command } = workshop.plan(start)
  return typeof command === 'string' ? command : [command.file, ...command.args].join(' ')
}

/** Whether that way to start needs the build step first. */
export const needsBuild = (workshop: Workshop, start: Order, config: Config): boolean => {
  if (config.build === false) return false
  if (config.build !== undefined) return true
  const text = textOfPlan(workshop, start)
  if (workshop.service.build === null) return false
  if (RUNS_SOURCE.test(text)) return GENERATES.test(textOfPlan(workshop, workshop.service.build))
  const made = GENERATES.test(textOfPlan(workshop, workshop.service.build))
  return made || workshop.service.typescript || RUNS_OUTPUT.test(text)
}

/** Runs the build once, however many ways to start need it. */
export const builder = (workshop: Workshop, config: Config) => {
  let built: Promise<void> | null = null
  return (env: Readonly<Record<string, string>>): Promise<void> => {
    const { service } = workshop
    const given =
      typeof config.build === 'string' ? { command: config.build, dir: service.dir } : service.build
    if (given === null) return Promise.resolve()
    built ??= workshop.run('build', given, env)
    return built
  }
}
