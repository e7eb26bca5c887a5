import { asFault } from '../../base/errors/fault.ts'
import type { AgentDefinition } from '../../model/agent.ts'
import { resolveModelName } from '../definitions/model-names.ts'
import type { Model } from '../model/model.ts'
import type { ModelOptions } from '../model/open-model.ts'
import type { AgentParts } from './parts.ts'

type Wishes = Omit<ModelOptions, 'reference'>

/** `provider/model`, with aliases and names that were taken away replaced; null: whichever there is. */
const nameOf = (reference: string, onWarning: (text: string) => void): string | null => {
  const { provider, model, warning } = resolveModelName(reference)
  if (warning !== null) onWarning(`${warning}.`)
  return model === null ? null : provider === null ? model : `${provider}/${model}`
}

/**
 * The model of an agent: the one on the command line, of the configuration, or of its definition. What only a
 * definition names need not be there: then any that is there will do, and that is said.
 * @throws E_NO_MODEL
 */
export const findModel = async (
  { openModel }: Pick<AgentParts, 'openModel'>,
  agent: AgentDefinition,
  { reference, ...options }: Wishes & { reference: string | null },
): Promise<Model> => {
  const wished = reference ?? options.wishes?.model ?? null
  if (wished !== null)
    return openModel({ ...options, reference: nameOf(wished, options.onWarning) ?? wished })
  if (agent.model === null || agent.file === null) return openModel(options)
  const named = nameOf(agent.model, options.onWarning)
  if (named === null) return openModel(options)
  try {
    return await openModel({ ...options, reference: named })
  } catch (thrown) {
    if (asFault(thrown).code !== 'E_NO_MODEL') throw thrown
    const model = await openModel(options)
    options.onWarning(`${agent.file} names ${named}, which is not set up here: ${model.id} answers.`)
    return model
  }
}
