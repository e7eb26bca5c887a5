/** The providers of language models, as one module: built into the package, so that an install does not bring them. */
export { createAnthropic } from '@ai-sdk/anthropic'
export { createGoogleGenerativeAI } from '@ai-sdk/google'
export { createOpenAI } from '@ai-sdk/openai'
export { createOpenAICompatible } from '@ai-sdk/openai-compatible'
export { APICallError, type LanguageModelV3, type LanguageModelV3Message } from '@ai-sdk/provider'
