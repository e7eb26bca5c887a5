import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { thresholdsOf } from '../../agent/definitions/facts/thresholds-of.ts'
import { loadDefinition } from '../../agent/definitions/load-definition.ts'
import { loadDefinitions } from '../../agent/definitions/load-definitions.ts'
import { resolveModelName } from '../../agent/definitions/model-names.ts'
import type { ReadDefinition } from '../../agent/definitions/read-definition.ts'
import { fault } from '../../base/errors/fault.ts'
import { EXIT } from '../../base/errors/table.ts'
import { nearest } from '../../base/text/nearest.ts'
import { isFolder } from '../../instruments/files/is-folder.ts'
import { standards } from '../../standards/catalogue.generated.ts'
import type { CommandContext } from '../define.ts'
import type { AgentsInput } from './index.ts'
import { renderAgent } from './render-agent.ts'
import { renderAgents, renderProblems } from './render-agents.ts'

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

const looksLikeFile = (word: string) => /[/\\]|\.(md|mdc|toml|json)$/.test(word)

/** A name of the list first, unless the word can only be a file. */
const find = async (
  word: string,
  root: string,
  home: string | null,
  cwd: string,
): Promise<ReadDefinition> => {
  const isFile = looksLikeFile(word) && existsSync(resolve(cwd, word))
  if (isFile) return loadDefinition(word, cwd)
  const { definitions, problems } = await loadDefinitions(root, home)
  const name = word.replace(/^@/, '').toLowerCase()
  const definition = definitions.find((one) => one.name === name)
  if (definition !== undefined)
    return { definition, problems: problems.filter(({ file }) => file === definition.file) }
  const close = nearest(
    name,
    definitions.map((one) => one.name),
  )
  const candidates = close === null ? 'For the list: plimsoll agents' : `Did you mean "${close}"?`
  throw fault('E_UNKNOWN_ID', { id: word, candidates })
}

const explain = ({ definition, problems }: ReadDefinition, input: AgentsInput, context: CommandContext) => {
  const width = Math.min(context.stdout.columns ?? 80, 100)
  if (definition === null) {
    const text = input.json ? json({ agent: null, problems }) : renderProblems(problems, width)
    context.stdout.write(text)
    return EXIT.usage
  }
  const figures = thresholdsOf(definition.facts, standards)
  const model = resolveModelName(definition.model)
  context.stdout.write(
    input.json
      ? json({ agent: definition, model, standards: figures, problems })
      : renderAgent({ definition, model, figures, problems, standards }, width),
  )
  return EXIT.proven
}

/** `plimsoll agents`: exit 0, and 2 where the one file that was asked for cannot be used. */
export const agentsCommand = async (input: AgentsInput, context: CommandContext): Promise<number> => {
  const root = resolve(context.cwd, input.dir)
  if (!(await isFolder(root))) throw fault('E_NOT_A_FOLDER', { dir: input.dir })
  const home = input.home ? (context.env.HOME ?? homedir()) : null
  if (input.explain !== undefined)
    return explain(await find(input.explain, root, home, context.cwd), input, context)
  const found = await loadDefinitions(root, home)
  const width = Math.min(context.stdout.columns ?? 80, 100)
  context.stdout.write(input.json ? json(found) : renderAgents(found, width))
  return EXIT.proven
}
