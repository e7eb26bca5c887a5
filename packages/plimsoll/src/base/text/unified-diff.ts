/** Beyond that many differing lines the shortest way is not searched: the whole stretch is shown as replaced. */
const MOST_EDITS = 500
const CONTEXT_LINES = 3

type Step = { kind: ' ' | '-' | '+'; line: string }

const linesOf = (text: string | null): string[] => {
  if (text === null || text === '') return []
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  else lines.push(`${lines.pop()}\n\\ No newline at end of file`)
  return lines
}

/** Furthest points reached with each number of edits (Myers 1986); null when there are too many. */
const trace = (a: readonly string[], b: readonly string[]): Map<number, number>[] | null => {
  if (Math.abs(a.length - b.length) > MOST_EDITS) return null
  const rounds: Map<number, number>[] = []
  let reached = new Map<number, number>([[1, 0]])
  for (let edits = 0; edits <= Math.min(a.length + b.length, MOST_EDITS); edits += 1) {
    rounds.push(reached)
    const next = new Map<number, number>(reached)
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const left = reached.get(diagonal - 1) ?? -1
      const above = reached.get(diagonal + 1) ?? -1
      let x = diagonal === -edits || (diagonal !== edits && left < above) ? above : left + 1
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1
      next.set(diagonal, x)
      if (x >= a.length && x - diagonal >= b.length) return rounds
    }
    reached = next
  }
  return null
}

const replaced = (a: readonly string[], b: readonly string[]): Step[] => [
  ...a.map((line): Step => ({ kind: '-', line })),
  ...b.map((line): Step => ({ kind: '+', line })),
]

const stepsBetween = (a: readonly string[], b: readonly string[]): Step[] => {
  const rounds = trace(a, b)
  if (rounds === null) return replaced(a, b)
  const steps: Step[] = []
  let x = a.length
  let y = b.length
  for (let edits = rounds.length - 1; edits >= 0; edits -= 1) {
    const reached = rounds[edits] ?? new Map<number, number>()
    const diagonal = x - y
    const left = reached.get(diagonal - 1) ?? -1
    const above = reached.get(diagonal + 1) ?? -1
    const down = diagonal === -edits || (diagonal !== edits && left < above)
    const fromX = edits === 0 ? 0 : down ? above : left
    const fromY = edits === 0 ? 0 : fromX - (down ? diagonal + 1 : diagonal - 1)
    while (x > fromX && y > fromY && a[x - 1] === b[y - 1]) {
      steps.push({ kind: ' ', line: a[x - 1] ?? '' })
      x -= 1
      y -= 1
    }
    if (edits === 0) break
    steps.push(down ? { kind: '+', line: b[y - 1] ?? '' } : { kind: '-', line: a[x - 1] ?? '' })
    x = fromX
    y = fromY
  }
  return steps.reverse()
}

/** What both begin and end with is cut off first: most changes are small. */
const compare = (a: readonly string[], b: readonly string[]): Step[] => {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1
  const same = (line: string): Step => ({ kind: ' ', line })
  return [
    ...a.slice(0, head).map(same),
    ...stepsBetween(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map(same),
  ]
}

/** Stretches of steps that are shown together: changes with what stands around them. */
const hunksOf = (steps: readonly Step[]): [from: number, to: number][] => {
  const hunks: [number, number][] = []
  steps.forEach(({ kind }, at) => {
    if (kind === ' ') return
    const last = hunks.at(-1)
    if (last !== undefined && at - CONTEXT_LINES <= last[1]) last[1] = at + CONTEXT_LINES + 1
    else hunks.push([Math.max(0, at - CONTEXT_LINES), at + CONTEXT_LINES + 1])
  })
  return hunks
}

const range = (before: number, count: number) =>
  count === 1 ? `${before + 1}` : `${count === 0 ? before : before + 1},${count}`

const tellHunk = (steps: readonly Step[], [from, to]: readonly [number, number]): string[] => {
  const without = (kind: '+' | '-', part: readonly Step[]) => part.filter((step) => step.kind !== kind).length
  const above = steps.slice(0, from)
  const part = steps.slice(from, to)
  const a = range(without('+', above), without('+', part))
  const b = range(without('-', above), without('-', part))
  return [`@@ -${a} +${b} @@`, ...part.map(({ kind, line }) => `${kind}${line}`)]
}

/** A change of one file as a unified diff; '' where nothing changes. `null`: the file is not there. */
export const unifiedDiff = (file: string, before: string | null, after: string | null): string => {
  if (before === after) return ''
  const steps = compare(linesOf(before), linesOf(after))
  const names = [
    `--- ${before === null ? '/dev/null' : `a/${file}`}`,
    `+++ ${after === null ? '/dev/null' : `b/${file}`}`,
  ]
  return `${[...names, ...hunksOf(steps).flatMap((hunk) => tellHunk(steps, hunk))].join('\n')}\n`
}
