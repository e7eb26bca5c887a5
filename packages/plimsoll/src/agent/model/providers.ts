import {
  createAnthropic,
  createGoogleGenerativeAI,
  createOpenAI,
  createOpenAICompatible,
  type LanguageModelV3,
} from '../../vendor/models.ts'
import type { Choice } from './choose-model.ts'

/** The only file that knows the providers' packages: a choice in, their model out. */
export const connect = (choice: Choice & { model: string }): LanguageModelV3 => {
  const { provider, model, key } = choice
  const apiKey = key ?? ''
  const place = choice.baseUrl === null ? {} : { baseURL: choice.baseUrl }
  if (provider === 'anthropic')
    return createAnthropic({ ...place, ...(choice.isToken ? { authToken: apiKey } : { apiKey }) })(model)
  if (provider === 'openai') return createOpenAI({ ...place, apiKey })(model)
  if (provider === 'google') return createGoogleGenerativeAI({ ...place, apiKey })(model)
  return createOpenAICompatible({
    name: 'compatible',
    baseURL: choice.baseUrl ?? '',
    includeUsage: true,
    ...(key === null ? {} : { apiKey: key }),
  })(model)
}
