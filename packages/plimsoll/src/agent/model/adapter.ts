import { setTimeout as sleep } from 'node:timers/promises'
import type { LanguageModelV3, LanguageModelV3StreamPart } from '../../vendor/models.ts'
import { type Failure, modelFault, readFailure } from './failures.ts'
import type { Model, ModelEvent, ModelRequest, Price } from './model.ts'
import { Cut, readStream } from './read-stream.ts'
import { toOptions, wireName } from './to-prompt.ts'

export type Patience = {
  /** attempts after the first */
  retries: number
  firstWaitMs: number
  mostWaitMs: number
  /** a stream that says nothing for so long is taken for cut */
  idleMs: number
}

export const PATIENCE: Patience = { retries: 5, firstWaitMs: 1_000, mostWaitMs: 60_000, idleMs: 180_000 }

/** Doubles with each attempt, with up to a quarter of jitter; what the provider asks for is kept. */
export const waitOf = (
  attempt: number,
  failure: Failure,
  patience: Patience,
  random: () => number,
): number => {
  const own = Math.min(patience.mostWaitMs, patience.firstWaitMs * 2 ** (attempt - 1))
  return Math.round(Math.max(failure.afterMs ?? 0, own) * (1 + random() / 4))
}

/** What comes before the silence is too long. */
const within = async <T>(coming: PromiseLike<T>, idleMs: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Cut(`nothing came for ${idleMs / 1_000} s`)), idleMs)
  })
  try {
    return await Promise.race([coming, silence])
  } finally {
    clearTimeout(timer)
  }
}

async function* chunks(
  stream: ReadableStream<LanguageModelV3StreamPart>,
  idleMs: number,
): AsyncGenerator<LanguageModelV3StreamPart> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await within(reader.read(), idleMs)
      if (done) return
      yield value
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

async function* askOnce(
  language: LanguageModelV3,
  request: ModelRequest,
  idleMs: number,
): AsyncGenerator<ModelEvent> {
  const end = new AbortController()
  const names = new Map(request.tools.map((tool) => [wireName(tool.id), tool.id]))
  const signal = AbortSignal.any([request.signal, end.signal])
  try {
    const { stream } = await within(language.doStream(toOptions(request, signal)), idleMs)
    yield* readStream(chunks(stream, idleMs), (name) => names.get(name) ?? name)
  } finally {
    // Closes the connection, whatever state it is in.
    end.abort()
  }
}

/** A provider's model behind our port: retries, time-outs and errors are the same for all of them. */
export const asModel = (
  language: LanguageModelV3,
  facts: { id: string; contextTokens: number; price: Price | null },
  patience: Patience = PATIENCE,
  random: () => number = Math.random,
): Model => ({
  ...facts,
  async *stream(request) {
    for (let attempt = 1; ; attempt += 1) {
      request.signal.throwIfAborted()
      let thrown: unknown
      try {
        yield* askOnce(language, request, patience.idleMs)
        return
      } catch (error) {
        request.signal.throwIfAborted()
        thrown = error
      }
      const failure = readFailure(thrown)
      const waitMs = waitOf(attempt, failure, patience, random)
      const isTooLong = (failure.afterMs ?? 0) > patience.mostWaitMs * 5
      if (!failure.isPassing || attempt > patience.retries || isTooLong)
        throw modelFault(facts.id, failure, attempt, thrown)
      yield { kind: 'retry', attempt, waitMs, reason: failure.reason }
      await sleep(waitMs, undefined, { signal: request.signal }).catch(() => {})
    }
  },
})
