import { resolve } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { EXIT } from '../../base/errors/table.ts'
import { compareDocuments } from '../../contract/diff/compare-documents.ts'
import { isFolder } from '../../instruments/files/is-folder.ts'
import { openProject } from '../../instruments/source/open-project.ts'
import { loadConfig } from '../../lab/load-config.ts'
import type { CommandContext } from '../define.ts'
import { chooseSides, type Side } from './choose-sides.ts'
import type { ApiDiffInput } from './index.ts'
import { renderChanges, type Shown } from './render-changes.ts'

const compare = async ([base, head]: readonly [Side, Side]): Promise<Shown> => {
  const compared = await compareDocuments(base, head)
  if (compared === null) {
    const missing = (await base.readText(base.file)) === null ? base : head
    const message = `${missing.file} is no OpenAPI document in ${missing.name}`
    throw fault('E_USAGE', { message, command: 'plimsoll api-diff' })
  }
  const { before, after, changes, announced } = compared
  return {
    document: head.file,
    ...{ base: base.name, head: head.name, announced, changes },
    operations: before.operations.length,
    problems: [...before.problems, ...after.problems].map(({ where, problem }) => `${where} ${problem}`),
  }
}

/** `plimsoll api-diff`: exit 1 when a change breaks clients that no new major version warned. */
export const apiDiffCommand = async (input: ApiDiffInput, context: CommandContext): Promise<number> => {
  const root = resolve(context.cwd, input.dir)
  if (!(await isFolder(root))) throw fault('E_NOT_A_FOLDER', { dir: input.dir })
  const { config } = await loadConfig(root)
  const project = await openProject(root)
  const shown: Shown[] = []
  for (const pair of await chooseSides(project, [input.base, input.head], config.contract))
    shown.push(await compare(pair))
  context.stdout.write(
    input.json
      ? `${JSON.stringify(shown, null, 2)}\n`
      : shown.map((one) => renderChanges(one, context.stdout.columns ?? 80)).join('\n'),
  )
  const breaks = shown.some(
    ({ announced, changes }) => !announced && changes.some(({ witness }) => witness !== null),
  )
  return breaks ? EXIT.findings : EXIT.proven
}
