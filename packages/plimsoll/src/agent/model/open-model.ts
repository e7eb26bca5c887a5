import { z } from 'zod'
import { fault } from '../../base/errors/fault.ts'
import type { AgentWishes } from '../../model/config.ts'
import { resolveModelName } from '../definitions/model-names.ts'
import { asModel, PATIENCE, type Patience } from './adapter.ts'
import { type Choice, chooseModel, type Variables } from './choose-model.ts'
import { readFailure } from './failures.ts'
import { knownModel } from './known-models.ts'
import type { Model } from './model.ts'

export type ModelOptions = {
  /** the command line's --model; it wins over the configuration */
  reference?: string | null
  wishes: Pick<AgentWishes, 'model' | 'baseUrl' | 'price' | 'contextTokens'> | undefined
  env: Variables
  signal: AbortSignal
  patience?: Patience
  /** a sentence: an alias that was replaced, a price that is not known */
  onWarning(text: string): void
}

const Listed = z.object({ data: z.array(z.object({ id: z.string() })) })

/** The model of a server that has only one. */
const askServer = async (baseUrl: string, key: string | null, signal: AbortSignal): Promise<string> => {
  const url = `${baseUrl.replace(/\/$/, '')}/models`
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` }
  const listed = await fetch(url, { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]) })
    .then(async (response) => Listed.parse(await response.json()).data.map(({ id }) => id))
    .catch((cause: unknown) => {
      signal.throwIfAborted()
      throw fault(
        'E_NO_MODEL',
        { why: `${url} does not list its models: ${readFailure(cause).reason}` },
        { cause },
      )
    })
  const [only, ...more] = listed
  if (only !== undefined && more.length === 0) return only
  const names = listed.slice(0, 8).join(', ')
  throw fault('E_NO_MODEL', { why: `${baseUrl} has ${listed.length} models; name one of them: ${names}` })
}

const named = async (choice: Choice, signal: AbortSignal): Promise<Choice & { model: string }> => ({
  ...choice,
  model: choice.model ?? (await askServer(choice.baseUrl ?? '', choice.key, signal)),
})

/** A machine of one's own may read a long prompt for minutes before it says a word. */
const patienceWith = ({ provider }: Choice): Patience =>
  provider === 'compatible' ? { ...PATIENCE, idleMs: 290_000 } : PATIENCE

/**
 * The model that is wished for, or the one whose key is in the environment.
 * Faults: E_NO_MODEL, with what works without one.
 */
export const openModel = async (options: ModelOptions): Promise<Model> => {
  const { wishes, env } = options
  const wish = { reference: options.reference ?? wishes?.model ?? null, baseUrl: wishes?.baseUrl ?? null }
  const choice = await named(chooseModel(wish, env, resolveModelName), options.signal)
  if (choice.warning !== null) options.onWarning(choice.warning)
  const known = knownModel(choice.provider, choice.model)
  const own = wishes?.price
  const price = own === undefined ? known.price : { cachedInput: own.input, ...own }
  const contextTokens = wishes?.contextTokens ?? known.contextTokens
  const id = `${choice.provider}/${choice.model}`
  if (price === null)
    options.onWarning(
      `The price of ${id} is not known, so money is not counted; "agent": {"price": …} gives it.`,
    )
  if (!known.isContextKnown && wishes?.contextTokens === undefined)
    options.onWarning(
      `The context of ${id} is not known and taken for ${contextTokens} tokens; "agent": {"contextTokens": …} gives it.`,
    )
  const { connect } = await import('./providers.ts')
  return asModel(connect(choice), { id, contextTokens, price }, options.patience ?? patienceWith(choice))
}
