/** A stretch of lines, both ends included. */
export type Span = { from: number; to: number }

/** Something that has a name: a function, a constant, a class, or a member of one. */
export type Unit = Span & {
  name: string
  /** reached as `x.name` */
  member: boolean
  /** a class or an object: its members are told apart */
  holds: boolean
}

/** What one source file declares and uses, as far as it decides who is touched by a change. */
export type Sketch = {
  units: readonly Unit[]
  /** names in use: `member` where they follow a dot */
  words: readonly { text: string; line: number; member: boolean }[]
  /** `imported`: the name there, `default`, or `*` for the whole module */
  imports: readonly { local: string; imported: string; file: string }[]
  /** names that are passed on from another file; `*` for all */
  passed: readonly { name: string; as: string; file: string }[]
  /** lines on which nothing but imports stand */
  silent: readonly Span[]
  /** calls, functions and decorated definitions: what a route may be */
  spans: readonly (Span & { call: boolean })[]
  /** texts that hold a statement */
  statements: readonly Span[]
}

export const contains = ({ from, to }: Span, line: number) => from <= line && line <= to
export const size = ({ from, to }: Span) => to - from
