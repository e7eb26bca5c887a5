import type { World } from '../../languages/javascript/code/code.ts'
import { importsIn } from '../../languages/javascript/routing/imports.ts'
import { isTest } from '../../languages/javascript/routing/relevant-files.ts'

const SCRIPT = /\.[cm]?[jt]sx?$/
const DECLARATIONS = /\.d\.[cm]?ts$/
const ROUNDS = 2

export const isSource = (file: string) => SCRIPT.test(file) && !DECLARATIONS.test(file) && !isTest(file)

/**
 * Follows the files that start an app, and those that call them: `main.ts` may only say `start(AppModule)`. What
 * they make is recorded by the model of NestFactory.
 */
export const findBootstraps = (world: World, files: readonly string[]): void => {
  const { project } = world
  const sources = files.filter(isSource)
  const makers = sources.filter((file) => /\bNestFactory\b/.test(project.text(file) ?? ''))
  const callers: string[] = []
  let frontier = new Set(makers)
  for (let round = 0; round < ROUNDS && frontier.size > 0; round += 1) {
    const next = sources.filter((file) => {
      if (makers.includes(file) || callers.includes(file)) return false
      return importsIn(project.text(file) ?? '').some(({ specifier }) => {
        const found = world.resolve(file, specifier)
        return found.kind === 'file' && frontier.has(found.file)
      })
    })
    callers.push(...next)
    frontier = new Set(next)
  }
  for (const file of [...callers, ...makers]) world.run(file)
  world.runUncalled(makers)
}
