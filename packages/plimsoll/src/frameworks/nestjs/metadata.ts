import {
  list,
  native,
  UNDEFINED,
  unknown,
  type Value,
  type World,
} from '../../languages/javascript/code/code.ts'
import type { Decoration } from './decorations.ts'

type Entries = { key: Value; value: Value }[]

/** What decorators set on the handler and the class that are looked at, as a guard asks the Reflector for it. */
export type Metadata = {
  /** from here on, questions are about this route */
  look(handler: readonly Decoration[], controller: readonly Decoration[]): void
  /** what `context.getHandler()` and `context.getClass()` stand for */
  readonly handler: Value
  readonly controller: Value
  /** the member of a Reflector with this name */
  reader(name: string): Value | null
}

const entriesIn = (decorations: readonly Decoration[]): Entries =>
  decorations.flatMap(({ name, args: [key, value] }) =>
    name === 'SetMetadata' && key !== undefined ? [{ key, value: value ?? UNDEFINED }] : [],
  )

const isSame = (left: Value, right: Value) =>
  left === right || (left.kind === 'constant' && right.kind === 'constant' && left.value === right.value)

const isMissing = (value: Value) => value.kind === 'constant' && value.value === undefined

export const createMetadata = (world: () => World): Metadata => {
  let entries: { handler: Entries; controller: Entries } = { handler: [], controller: [] }
  const handler = native('the handler', () => UNDEFINED)
  const controller = native('the controller', () => UNDEFINED)

  const ask = (key: Value | undefined, target: Value): Value => {
    if (key === undefined || key.kind === 'unknown') return unknown('metadata whose key is computed')
    if (target !== handler && target !== controller) return unknown('metadata of something else')
    const all = target === handler ? entries.handler : entries.controller
    return all.find((entry) => isSame(entry.key, key))?.value ?? UNDEFINED
  }
  const askAll = (key: Value | undefined, targets: Value | undefined) =>
    ((targets === undefined ? null : world().items(targets)) ?? []).map((target) => ask(key, target))

  const readers: Record<string, (key: Value | undefined, target: Value | undefined) => Value> = {
    get: (key, target) => ask(key, target ?? UNDEFINED),
    getAll: (key, targets) => list(askAll(key, targets)),
    getAllAndOverride: (key, targets) => askAll(key, targets).find((value) => !isMissing(value)) ?? UNDEFINED,
    getAllAndMerge: (key, targets) =>
      list(
        askAll(key, targets).flatMap((value) => (isMissing(value) ? [] : (world().items(value) ?? [value]))),
      ),
  }

  return {
    handler,
    controller,
    look: (ofHandler, ofController) => {
      entries = { handler: entriesIn(ofHandler), controller: entriesIn(ofController) }
    },
    reader: (name) => {
      const read = Object.hasOwn(readers, name) ? readers[name] : undefined
      return read === undefined ? null : native(name, ({ args: [key, target] }) => read(key, target))
    },
  }
}
