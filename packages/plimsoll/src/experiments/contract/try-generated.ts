import fc from 'fast-check'
import { valuesOf } from '../../contract/generate/values.ts'
import type { RequestOptions } from '../../lab/lab.ts'
import type { Base } from './base.ts'
import { examine, isFailure } from './examine.ts'
import { findCause } from './find-cause.ts'
import type { Operation } from './operations.ts'
import { type Part, partsOf } from './parts.ts'
import { putPart } from './put-part.ts'
import type { Input } from './seen.ts'
import type { Trial } from './trial.ts'

/** Fewer say nothing; shrinking one failure takes about that many. */
const LEAST = 6
const SHRINKS = 24
const ROUNDS = 3

const anyJson = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.oneof(fc.integer(), fc.string({ maxLength: 8 })), { maxLength: 4 }),
  fc.dictionary(fc.string({ maxLength: 6 }), fc.oneof(fc.integer(), fc.string({ maxLength: 8 })), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
)

const anyText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })

type Made = { part: Part; value: unknown }

const changes = (parts: readonly Part[], trial: Trial): fc.Arbitrary<Made> | null => {
  const lists = parts
    .filter((part) => part.in !== 'header')
    .map((part) => {
      const valid = part.in === 'path' ? anyText : valuesOf(part.schema, trial.schemas)
      const values = fc.oneof(
        { weight: 2, arbitrary: valid },
        { weight: 1, arbitrary: part.in === 'body' ? anyJson : anyText },
      )
      return values.map((value): Made => ({ part, value }))
    })
  return lists.length === 0 ? null : fc.oneof(...lists)
}

/** Where no document of the app's own says what is valid, what was generated is no ordinary input. */
const inputOf = ({ part, value }: Made, { own }: Operation, trial: Trial): Input => {
  const [problem] = trial.schemas.check(part.schema, value)
  const text = JSON.stringify(value) ?? ''
  return {
    phase: 'generated',
    part: part.name,
    keyword: problem?.keyword ?? null,
    kind: problem !== undefined ? 'invalid' : own && part.in !== 'path' ? 'ordinary' : 'odd',
    note: text.length > 60 ? `${text.slice(0, 57)}…` : text,
  }
}

type Found = { made: Made; request: RequestOptions; mark: string }

/** One run of generated values; the smallest that still fails in the same way, or null where none does. */
const oneRound = async (
  trial: Trial,
  operation: Operation,
  base: Base,
  { seed, runs, known }: { seed: number; runs: number; known: ReadonlySet<string> },
): Promise<Found | null> => {
  const arbitrary = changes(partsOf(operation, base.request, trial.schemas), trial)
  if (arbitrary === null) return null
  let smallest: Found | null = null
  let shrinks = 0
  const holds = fc.asyncProperty(arbitrary, async (made) => {
    if (smallest !== null && shrinks >= SHRINKS) return true
    if (smallest !== null) shrinks += 1
    const put = putPart(base.request, made.part, made.value, operation.described.path)
    const answer = put === null ? null : await trial.sender.send(put.request)
    if (put === null || answer === null) return true
    if (!isFailure(answer.exchange.status)) {
      await examine(trial, {
        operation,
        answer,
        request: put.request,
        base: base.request,
        input: inputOf(made, operation, trial),
      })
      return true
    }
    const { mark } = await findCause(trial, operation, answer)
    if (known.has(mark) || (smallest !== null && smallest.mark !== mark)) return true
    smallest = { made, request: put.request, mark }
    return false
  })
  await fc.check(holds, { seed, numRuns: runs })
  return smallest
}

/** Values that nobody thought of, in every part; what fails is made as small as it goes. */
export const tryGenerated = async (
  trial: Trial,
  operation: Operation,
  base: Base,
  share: number,
): Promise<void> => {
  const random = trial.lab.random.fork(`contract generated ${operation.label}`)
  const known = new Set<string>()
  let left = share
  for (let round = 0; round < ROUNDS && left >= LEAST; round += 1) {
    const before = trial.sender.count()
    const found = await oneRound(trial, operation, base, {
      seed: random.integer(0, 2_147_483_647),
      runs: left,
      known,
    })
    left -= trial.sender.count() - before
    if (found === null) return
    known.add(found.mark)
    const answer = await trial.sender.send(found.request)
    if (answer === null) return
    const input = inputOf(found.made, operation, trial)
    await examine(trial, { operation, answer, input, request: found.request, base: base.request })
  }
}
