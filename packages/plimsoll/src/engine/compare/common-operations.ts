import type { Workload } from '../../lab/load/window.ts'

export type CommonOperations = { only: string[]; left: { name: string; reason: string }[] }

type Known = Pick<Workload, 'left'> & { operations: readonly { name: string }[] }

const reasonOf = (name: string, side: string, { left }: Known) => {
  const found = left.find((one) => one.name === name)
  return found === undefined ? `${side} has no such operation` : `in ${side}: ${found.reason}`
}

/** The operations that both sides can be sent; the others, each with the side that cannot and why. */
export const commonOperations = (a: Known, b: Known, names: { a: string; b: string }): CommonOperations => {
  const inB = new Set(b.operations.map(({ name }) => name))
  const inA = new Set(a.operations.map(({ name }) => name))
  const only = [...inA].filter((name) => inB.has(name))
  const neither = a.left.filter(({ name }) => !inB.has(name))
  const left = [
    ...[...inA]
      .filter((name) => !inB.has(name))
      .map((name) => ({ name, reason: reasonOf(name, names.b, b) })),
    ...[...inB]
      .filter((name) => !inA.has(name))
      .map((name) => ({ name, reason: reasonOf(name, names.a, a) })),
  ]
  return { only, left: [...left, ...neither] }
}
