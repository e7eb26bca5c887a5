import type { Standard } from './standard.ts'

const HOLDS: Record<Standard['threshold']['comparator'], (value: number, bound: number) => boolean> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '=': (value, bound) => value === bound,
  '>=': (value, bound) => value >= bound,
  '>': (value, bound) => value > bound,
}

/** Whether a value in the threshold's own unit keeps the promise; what is not a number never does. */
export const meets = ({ threshold }: Pick<Standard, 'threshold'>, value: number): boolean =>
  HOLDS[threshold.comparator](value, threshold.value)
